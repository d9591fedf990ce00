import {
  Api,
  Link,
  Loading,
  Notice,
  Page,
  PageTitle,
  Paragraph,
  ProblemNotice,
  useLanguage,
  useRoute,
  useTexts,
  type ProblemDocument,
} from '#libs/screens';
import { FederationContext, fetchFederation, useLive, type Federation } from './live.js';
import { PLACES, placeAt } from './places.js';
import { consoleTexts } from './texts.js';
import { clockText } from './times.js';

/** The console of the national coordinator: who is logged in, how fresh everything is, and the page that was asked for. */
export function App() {
  const { data, problem, again } = useLive(fetchFederation);
  const texts = useTexts(consoleTexts);
  const known = data !== undefined;
  return (
    <FederationContext value={data}>
      <Page
        name={texts.name}
        person={known ? texts.coordinator : undefined}
        destinations={
          data
            ? PLACES.flatMap(({ path, label }) =>
                label
                  ? [
                      {
                        path,
                        label: texts.places[label],
                        count: label === 'alarms' ? data.alarms.length : undefined,
                      },
                    ]
                  : [],
              )
            : []
        }
        footer={texts.footer}
      >
        <Content federation={data} problem={problem} again={again} />
      </Page>
    </FederationContext>
  );
}

function Content({
  federation,
  problem,
  again,
}: {
  federation: Federation | undefined;
  problem: ProblemDocument | undefined;
  again: () => Promise<void>;
}) {
  if (problem?.status === 403) return <Stranger />;
  if (problem?.status === 401 && !federation) return <Welcome />;
  if (!federation)
    return problem ? <ProblemNotice problem={problem} onRetry={() => void again()} /> : <Loading />;
  return (
    <>
      {problem && <Stale problem={problem} asOf={federation.figures.asOf} />}
      <Here />
    </>
  );
}

/** What is shown is not of this moment. It comes by itself, so it takes no focus. */
function Stale({ problem, asOf }: { problem: ProblemDocument; asOf: string }) {
  const texts = useTexts(consoleTexts).stale;
  const { language } = useLanguage();
  return (
    <Notice tone="warning" title={`${texts.title} ${clockText(asOf, language)}`}>
      <Paragraph>
        {problem.status === 401 ? texts.loggedOut : texts.unreachable}
        {problem.status === 401 && (
          <>
            {' '}
            <a className="utrecht-link utrecht-link--html-a" href={Api.loginUrl()}>
              {texts.logIn}
            </a>
          </>
        )}
      </Paragraph>
    </Notice>
  );
}

function Here() {
  const { path } = useRoute();
  const texts = useTexts(consoleTexts).notHere;
  const found = placeAt(path, PLACES);
  if (found) return <div key={path}>{found.place.screen(found.part)}</div>;
  return (
    <>
      <PageTitle title={texts.title} lead={texts.detail} />
      <Link to="/">{texts.home}</Link>
    </>
  );
}

function Welcome() {
  const all = useTexts(consoleTexts);
  return (
    <>
      <PageTitle title={all.name} lead={all.welcome.lead} />
      <Paragraph>{all.welcome.what}</Paragraph>
      <p>
        <a
          className="utrecht-button-link utrecht-button-link--html-a utrecht-button-link--primary-action"
          href={Api.loginUrl()}
        >
          {all.welcome.logIn}
        </a>
      </p>
      <p className="screens-muted">{all.welcome.who}</p>
    </>
  );
}

function Stranger() {
  const texts = useTexts(consoleTexts).stranger;
  return (
    <>
      <PageTitle title={texts.title} />
      <Notice tone="warning">
        <Paragraph>{texts.detail}</Paragraph>
      </Notice>
      <button type="button" className="screens-plain-button" onClick={() => void Api.logOut()}>
        {texts.logOut}
      </button>
    </>
  );
}
