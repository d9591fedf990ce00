import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readTable33, textOfTable33, type MunicipalityFact } from '#libs/municipalities';
import { PROJECT_ROOT } from '../local/project-root.js';

const HELP = `npm run municipalities -- TABLE AS-OF [LATER]

Writes libs/municipalities/src/names.ts and history.ts from the official table 33 (CSV).
  AS-OF   the day of which table and LATER together tell, YYYY-MM-DD
  LATER   rows in the same form that came later than the table, by default deploy/municipalities/later.csv
`;
const HEAD =
  '// Made by `npm run municipalities` (libs/municipalities/README.md): change the tables, not this file.\n';

const [table, asOf, later = path.join(PROJECT_ROOT, 'deploy/municipalities/later.csv')] =
  process.argv.slice(2);
if (!table || !/^\d{4}-\d{2}-\d{2}$/.test(asOf ?? '')) {
  process.stderr.write(HELP);
  process.exitCode = 2;
} else {
  const known = rowsOf(textOfTable33(readFileSync(table)));
  const newer = rowsOf(textOfTable33(readFileSync(later)));
  const merged = new Map([...known.rows, ...newer.rows]);
  const facts = readTable33([known.header, ...merged.values()].join('\n'));
  const ended = facts.filter(({ end }) => end !== undefined && end <= asOf!);
  const present = facts.filter((fact) => !ended.includes(fact));
  const folder = path.join(PROJECT_ROOT, 'libs/municipalities/src');
  writeFileSync(
    path.join(folder, 'names.ts'),
    `${HEAD}/** The day of which the facts tell. */\nexport const AS_OF = '${asOf}';\n\n` +
      constant('NAMES', 'Code and name of the municipalities of that day.', present.map(nameLine)),
  );
  writeFileSync(
    path.join(folder, 'history.ts'),
    HEAD +
      constant(
        'BEGUN',
        'Code and first day of those whose first day the table names.',
        present.flatMap(({ code, begin }) => (begin === undefined ? [] : [`${code} ${begin}`])),
      ) +
      '\n' +
      constant(
        'ENDED',
        'Code, first day, day of ending, successor and name of those that ended; "-" for none or unknown.',
        ended.map(endedLine),
      ),
  );
  process.stdout.write(`${present.length} municipalities, ${ended.length} that ended.\n`);
}

/** The lines of a table by code, as they stand there. */
function rowsOf(csv: string): { header: string; rows: Map<string, string> } {
  const [header = '', ...lines] = csv.split(/\r?\n/).filter((line) => line.trim() !== '');
  return { header, rows: new Map(lines.map((line) => [/\d{4}/.exec(line)?.[0] ?? '', line])) };
}

function nameLine({ code, name }: MunicipalityFact): string {
  return `${code} ${name}`;
}

function endedLine({ code, begin = '-', end, successor = '-', name }: MunicipalityFact): string {
  return [code, begin, end, successor, name].join(' ');
}

function constant(name: string, says: string, lines: readonly string[]): string {
  return `/** ${says} */\nexport const ${name} = \`\n${lines.join('\n')}\n\`;\n`;
}
