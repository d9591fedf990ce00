import {
  Api,
  Badge,
  Button,
  DataTable,
  Loaded,
  momentText,
  Notice,
  PageTitle,
  ProblemNotice,
  useFormState,
  useLanguage,
  useLoaded,
  useReasons,
  useTexts,
} from '#libs/screens';
import { operator } from './texts.js';

interface ScheduledWork {
  name: string;
  title: string;
  nextRunAt: string;
  finishedAt: string | null;
  outcome: 'done' | 'failed' | null;
  items: number | null;
  failures: number;
}

/** What the node does by itself: how it went, when it comes next, and a way to have it done now. */
export function Work() {
  const texts = useTexts(operator).work;
  const { language } = useLanguage();
  const say = useReasons();
  const works = useLoaded(() => Api.get<ScheduledWork[]>('scheduled-work'));
  const state = useFormState();
  const run = ({ name, title }: ScheduledWork) =>
    void state.send(async () => {
      await Api.post(`scheduled-work/${name}/_run`);
      await works.again();
    }, title);
  return (
    <>
      <PageTitle title={texts.title} lead={texts.lead} />
      {state.problem && <ProblemNotice problem={state.problem} />}
      {state.outcome && <Notice tone="ok">{texts.asked(say(state.outcome))}</Notice>}
      <Loaded state={works}>
        {(all) => (
          <DataTable
            caption={texts.title}
            columns={[texts.what, texts.last, texts.outcome, texts.next, texts.action]}
            rows={all.map((work) => ({
              key: work.name,
              cells: [
                say(work.title),
                work.finishedAt ? momentText(work.finishedAt, language) : texts.never,
                <Outcome key="outcome" work={work} />,
                momentText(work.nextRunAt, language),
                <Button
                  key="run"
                  appearance="secondary-action-button"
                  onClick={() => run(work)}
                  disabled={state.sending}
                  aria-label={texts.runOne(say(work.title))}
                >
                  {texts.run}
                </Button>,
              ],
            }))}
          />
        )}
      </Loaded>
    </>
  );
}

function Outcome({ work: { outcome, items, failures } }: { work: ScheduledWork }) {
  const texts = useTexts(operator).work;
  if (failures > 0) return <Badge tone="error">{texts.failed(failures)}</Badge>;
  if (outcome === null) return <Badge tone="neutral">{texts.notYet}</Badge>;
  return <Badge tone="ok">{texts.done(items ?? 0)}</Badge>;
}
