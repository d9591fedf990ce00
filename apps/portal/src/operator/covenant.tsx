import {
  Api,
  Badge,
  Button,
  DataTable,
  dayText,
  Link,
  Loaded,
  Notice,
  PageTitle,
  ProblemNotice,
  useFormState,
  useKept,
  useLanguage,
  useLoaded,
  useTexts,
} from '#libs/screens';
import { useKindName } from '../contact/index.js';
import { CovenantEditor } from './covenant-editor.js';
import { operator } from './texts.js';

type State = 'in-force' | 'scheduled' | 'superseded' | 'withdrawn';

interface Version {
  version: number;
  state: State;
  effectiveFrom: string;
  organisations: number;
  otherKinds: OtherKind[];
  /** Whose right to the BSN waits for another operator. */
  bsnUnconfirmed: { id: string; name: string }[];
  mayConfirmBsn: boolean;
  bsnOnMachine: boolean;
}

/** An organisation whose kind is not in the list of the law. */
interface OtherKind {
  organisation: string;
  kind: string;
  listedAs?: string;
}

const TONES = {
  'in-force': 'ok',
  scheduled: 'warning',
  superseded: 'neutral',
  withdrawn: 'neutral',
} as const;

/** The versions of the covenant, with a way to make the next one. */
export function Covenant() {
  const texts = useTexts(operator).covenant;
  const { language } = useLanguage();
  const versions = useLoaded(() => Api.get<{ versions: Version[] }>('covenant/versions'));
  const [scheduled, setScheduled] = useKept<string | undefined>('scheduled', undefined);
  const state = useFormState();
  const confirmBsn = (version: number) =>
    void state.send(async () => {
      await Api.post(`covenant/versions/${version}/_confirm-bsn`);
      await versions.again();
    });
  const withdraw = (version: number) =>
    void state.send(async () => {
      await Api.post(`covenant/versions/${version}/_withdraw`);
      setScheduled(() => undefined);
      await versions.again();
    });
  return (
    <>
      <PageTitle title={texts.title} lead={texts.lead} />
      {state.problem && <ProblemNotice problem={state.problem} />}
      {scheduled && !state.problem && (
        <Notice tone="ok">{texts.scheduled(dayText(scheduled, language))}</Notice>
      )}
      <Loaded state={versions}>
        {({ versions: all }) => (
          <>
            <DataTable
              caption={texts.title}
              columns={[texts.version, texts.state, texts.from, texts.organisations, texts.action]}
              rows={all.map((one) => ({
                key: String(one.version),
                cells: [
                  texts.versionOne(one.version),
                  <Badge key="state" tone={TONES[one.state]}>
                    {texts.states[one.state]}
                  </Badge>,
                  dayText(one.effectiveFrom, language),
                  one.organisations,
                  <span key="action" className="screens-badges">
                    <Link to={`/convenant/${one.version}`} aria-label={texts.openOne(one.version)}>
                      {texts.open}
                    </Link>
                    {one.state === 'scheduled' && (
                      <Button
                        appearance="subtle-button"
                        onClick={() => withdraw(one.version)}
                        aria-label={texts.withdrawOne(one.version)}
                      >
                        {texts.withdraw}
                      </Button>
                    )}
                  </span>,
                ],
              }))}
            />
            {all.map((one) => (
              <BsnUnconfirmed
                key={one.version}
                of={one}
                sending={state.sending}
                onConfirm={() => confirmBsn(one.version)}
              />
            ))}
            <OtherKinds
              of={all.filter(({ state: now }) => now === 'in-force').flatMap((one) => one.otherKinds)}
            />
          </>
        )}
      </Loaded>
    </>
  );
}

interface BsnUnconfirmedProps {
  of: Version;
  sending: boolean;
  onConfirm: () => void;
}

/** One operator alone gives no organisation the right to the BSN. */
function BsnUnconfirmed({ of: version, sending, onConfirm }: BsnUnconfirmedProps) {
  const texts = useTexts(operator).covenant.bsn;
  if (version.bsnUnconfirmed.length === 0) return null;
  return (
    <Notice tone="warning" title={texts.title(version.version)}>
      <p>{version.bsnUnconfirmed.map(({ name }) => name).join(', ')}</p>
      <p>{version.mayConfirmBsn ? texts.yours : texts.wait}</p>
      {version.bsnOnMachine && (
        <p>
          {texts.onMachine} <code>npm run operator -- covenant confirm-bsn {version.version}</code>
        </p>
      )}
      {version.mayConfirmBsn && (
        <Button appearance="primary-action-button" onClick={onConfirm} disabled={sending}>
          {texts.confirm(version.version)}
        </Button>
      )}
    </Notice>
  );
}

/** A next version, made out of an earlier one. */
export function NextVersion({ version }: { version: string }) {
  const texts = useTexts(operator).covenant;
  const yaml = useLoaded(() => Api.get<string>(`covenant/versions/${version}/yaml`));
  return (
    <>
      <PageTitle title={texts.next} lead={texts.nextFrom(version)} />
      <Loaded state={yaml}>{(start) => <CovenantEditor start={start} />}</Loaded>
      <p className="screens-after">
        <Link to="/convenant">{texts.back}</Link>
      </p>
    </>
  );
}

/** What the operator has to write in the next version, for organisations of a kind outside the list. */
function OtherKinds({ of: all }: { of: readonly OtherKind[] }) {
  const texts = useTexts(operator).covenant;
  const kindName = useKindName();
  if (all.length === 0) return null;
  return (
    <Notice tone="warning" title={texts.otherKinds}>
      <ul>
        {all.map(({ organisation, kind, listedAs }) => (
          <li key={organisation}>
            {listedAs === undefined
              ? texts.unknownKind(organisation, kind)
              : texts.otherKind(organisation, kind, kindName(listedAs), listedAs)}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
