import {
  Api,
  Badge,
  Button,
  DataTable,
  dayText,
  Loaded,
  Notice,
  PageTitle,
  ProblemNotice,
  Section,
  useFormState,
  useLanguage,
  useLoaded,
  useTexts,
} from '#libs/screens';
import { useState } from 'react';
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

/** The versions of the covenant, and a text of the next one. */
export function Covenant() {
  const texts = useTexts(operator).covenant;
  const { language } = useLanguage();
  const versions = useLoaded(() => Api.get<{ versions: Version[] }>('covenant/versions'));
  const [yaml, setYaml] = useState<string>();
  const state = useFormState();
  const open = (version: number) =>
    void state.send(async () => setYaml(await Api.get<string>(`covenant/versions/${version}/yaml`)));
  const withdraw = (version: number) =>
    void state.send(async () => {
      await Api.post(`covenant/versions/${version}/_withdraw`);
      await versions.again();
    });
  return (
    <>
      <PageTitle title={texts.title} lead={texts.lead} />
      {state.problem && <ProblemNotice problem={state.problem} />}
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
                    <Button
                      appearance="secondary-action-button"
                      onClick={() => open(one.version)}
                      aria-label={texts.openOne(one.version)}
                    >
                      {texts.open}
                    </Button>
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
            <OtherKinds
              of={all.filter(({ state: now }) => now === 'in-force').flatMap((one) => one.otherKinds)}
            />
          </>
        )}
      </Loaded>
      {yaml !== undefined && (
        <Section title={texts.next}>
          <CovenantEditor key={yaml} start={yaml} onScheduled={() => void versions.again()} />
        </Section>
      )}
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
