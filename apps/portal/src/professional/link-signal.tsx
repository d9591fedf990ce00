import {
  Api,
  birthDateText,
  Button,
  ButtonGroup,
  dayText,
  Facts,
  Form,
  goBack,
  goToStep,
  Link,
  Notice,
  PageTitle,
  useFormState,
  useKept,
  useLanguage,
  useLostStep,
  useTexts,
} from '#libs/screens';
import { useSession } from '../session.js';
import { Existing } from './existing.js';
import type { FoundYouth } from './new-signal.js';
import type { FiledSignal, OwnSignal, Preview, YouthRequest } from './professional.types.js';
import { Done, namedSignal, SignalTask } from './signal-task.js';
import { professional } from './texts.js';
import { nothingTyped, type TypedYouth } from './typed-youth.js';
import { YouthForm } from './youth-form.js';

export const LINK_STEPS = ['controle'] as const;

/** Links a signal on a youth without BSN, whose BSN has become known: who is it, is this the one, done. */
export function LinkSignal({ id, step }: { id: string; step: string }) {
  const { own, link: texts, who } = useTexts(professional);
  const { mayUseBsn } = useSession().me.organisation;
  const [typed, setTyped] = useKept<TypedYouth>('typed', nothingTyped(mayUseBsn));
  const [found, setFound] = useKept<FoundYouth | undefined>('found', undefined);
  const start = `/signalen/${id}/bsn`;
  const isLost = useLostStep(step !== '' && !found, start);
  const find = async (youth: YouthRequest) => {
    const preview = await Api.post<Preview>('signals/_preview', { youth });
    setFound(() => ({ youth, preview }));
    goToStep(`${start}/controle`);
  };
  const forget = () => {
    setTyped(() => nothingTyped(mayUseBsn));
    setFound(() => undefined);
  };
  return (
    <SignalTask id={id}>
      {(signal) =>
        step !== '' && found ? (
          <Confirm signal={signal} found={found} onLinked={forget} />
        ) : (
          <>
            <PageTitle title={texts.title} lead={texts.lead(namedSignal(signal))} quiet />
            {isLost && <Notice tone="info">{who.lost}</Notice>}
            <YouthForm
              typed={typed}
              onType={(changed) => setTyped((last) => ({ ...last, ...changed }))}
              onSend={find}
            >
              <Link to="/signalen">{own.back}</Link>
            </YouthForm>
          </>
        )
      }
    </SignalTask>
  );
}

interface ConfirmProps {
  signal: OwnSignal;
  found: FoundYouth;
  onLinked: () => void;
}

function Confirm({ signal, found: { youth, preview }, onLinked }: ConfirmProps) {
  const texts = useTexts(professional);
  const { language } = useLanguage();
  const state = useFormState();
  const { name, birthDate } = preview.youth;
  const link = () =>
    void state.send(async () => {
      const linked = await Api.post<FiledSignal>(`signals/${signal.id}/_link`, { youth });
      onLinked();
      goToStep(`/signalen/${linked.id}/gekoppeld`, { instead: true });
    });
  const back = (
    <Button appearance="secondary-action-button" onClick={goBack}>
      {texts.confirm.back}
    </Button>
  );
  return (
    <>
      <PageTitle title={texts.confirm.title(name)} lead={texts.link.certain} />
      <Facts
        of={[
          [texts.confirm.birthDate, birthDate ? birthDateText(birthDate, language) : texts.unknown],
          [texts.link.signal, namedSignal(signal)],
        ]}
      />
      {preview.existing ? (
        <Existing signal={preview.existing}>{back}</Existing>
      ) : (
        <Form state={state} onSend={link}>
          <ButtonGroup>
            <Button type="submit" appearance="primary-action-button" disabled={state.sending}>
              {texts.link.send}
            </Button>
            {back}
          </ButtonGroup>
        </Form>
      )}
    </>
  );
}

/** A signal that is linked to a youth of the person register. */
export function LinkedSignal({ id }: { id: string }) {
  const texts = useTexts(professional).link;
  const { language } = useLanguage();
  return (
    <SignalTask id={id}>
      {({ youth, number, removalDate }) => (
        <Done title={texts.linked} text={texts.until(youth?.name, number, dayText(removalDate, language))} />
      )}
    </SignalTask>
  );
}
