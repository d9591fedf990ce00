import { Facts, Notice, useTexts } from '#libs/screens';
import { useKindName } from '../contact/index.js';
import type { MunicipalityWarning } from '../accepted/index.js';
import { operator } from './texts.js';

/** `POST /covenant/_preview`. */
export interface Preview {
  parts: string[];
  joining: { id: string; name: string }[];
  leaving: { id: string; name: string; signals: number }[];
  changing: { id: string; name: string; parts: string[] }[];
  warnings: MunicipalityWarning[];
  leads: { now: string; then: string; matches: number }[];
}

/** What a covenant would change: organisations, ended signals and leads, in numbers. */
export function CovenantPreview({ preview }: { preview: Preview }) {
  const texts = useTexts(operator).preview;
  const kindName = useKindName();
  const partName = (part: string) => (texts.partNames as Record<string, string>)[part] ?? part;
  const { parts, joining, leaving, changing, leads } = preview;
  const lines = (all: readonly string[]) => (all.length > 0 ? all.join('; ') : texts.nothing);
  const ending = leaving.reduce((sum, { signals }) => sum + signals, 0);
  return (
    <>
      <Notice tone={ending > 0 ? 'warning' : 'info'} title={texts.valid}>
        {ending > 0 && <p>{texts.ending(ending)}</p>}
      </Notice>
      <Facts
        of={[
          [texts.parts, lines(parts.map(partName))],
          [texts.joining, lines(joining.map(({ name }) => name))],
          [texts.leaving, lines(leaving.map(({ name, signals }) => `${name} (${signals})`))],
          [
            texts.changing,
            lines(changing.map(({ name, parts: own }) => `${name}: ${own.map(partName).join(', ')}`)),
          ],
          [
            texts.leads,
            lines(
              leads
                .filter(({ now, then }) => now !== then)
                .map(({ now, then, matches }) => `${kindName(now)} → ${kindName(then)} (${matches})`),
            ),
          ],
        ]}
      />
    </>
  );
}
