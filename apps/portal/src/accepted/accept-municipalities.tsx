import { municipalityName, Notice, Switch, useTexts, type ProblemDocument } from '#libs/screens';
import { accepted as words } from './texts.js';

/** A municipality that is to be accepted by name. */
export interface MunicipalityWarning {
  code: string;
  name: string;
  why: 'without-process-manager' | 'ended' | 'unknown';
}

/** The municipalities for which a request was refused until they are accepted by name. */
export const warningsIn = (problem: ProblemDocument | undefined): MunicipalityWarning[] =>
  problem?.code === 'municipality-not-accepted'
    ? (problem.invalidParams ?? []).map(({ name, code }) => {
        const municipality = name.replace('accepted.', '');
        return {
          code: municipality,
          name: municipalityName(municipality),
          why: code as MunicipalityWarning['why'],
        };
      })
    : [];

interface AcceptMunicipalitiesProps {
  of: readonly MunicipalityWarning[];
  accepted: readonly string[];
  onChange: (accepted: readonly string[]) => void;
}

/** Shows what is the matter with each municipality, and has somebody accept it by name. */
export function AcceptMunicipalities({ of, accepted, onChange }: AcceptMunicipalitiesProps) {
  const texts = useTexts(words);
  if (of.length === 0) return null;
  const byCode = new Map(of.map(({ code }) => [code, of.filter((each) => each.code === code)]));
  return (
    <Notice tone="warning" title={texts.title}>
      {[...byCode].map(([code, warnings]) => (
        <div key={code} className="screens-stack">
          <p>{warnings.map(({ name, why }) => texts.why[why](name)).join(' ')}</p>
          <Switch
            label={texts.accept(warnings[0]!.name)}
            value={accepted.includes(code)}
            onChange={(yes) => onChange(yes ? [...accepted, code] : accepted.filter((each) => each !== code))}
          />
        </div>
      ))}
    </Notice>
  );
}
