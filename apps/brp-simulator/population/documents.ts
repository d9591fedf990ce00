import { NAMED_FAMILIES } from './named-families.js';
import { buildPopulation, type Inhabitant } from './population.js';

/** The two files that are made from the families: the population itself, and the table of named families. */
export function populationDocuments(): { 'persons.json': string; 'README.md': string } {
  const inhabitants = buildPopulation();
  return {
    'persons.json': `${JSON.stringify(
      inhabitants.map(({ person }) => person),
      null,
      2,
    )}\n`,
    'README.md': readme(new Map(inhabitants.map((inhabitant) => [inhabitant.spec.key, inhabitant]))),
  };
}

const HEADER = `# The own population

\`persons.json\` holds ${'{count}'} fictional persons in the shape of the BRP API's \`Persoon\`. Nobody in it exists; the BSNs pass the 11-test, start with 99991, and do not occur in the public test set. Every household has a postcode of its own.

Both files are made by \`node dist/apps/brp-simulator/population/generate.js apps/brp-simulator/population\` (after \`npm run build\`) from \`named-families.ts\` and \`other-families.ts\`; a test fails when they differ. Add named families at the end: the order decides the BSNs.

\`irregular-persons.json\` is a second, small population, written by hand: what real registers also hold. Nobody in it has a date of enrolment; one number fails the 11-test; municipality 1999 and 0000, a protected address, twins, halves in two regions and incomplete dates of birth occur. Its BSNs start with 99992.

Youths are identified by surname, birth date, sex and postcode, except where the remark says otherwise. Ages are meant as seen from November 2026.
`;

const COLUMNS = ['Key', 'Name', 'BSN', 'Born', 'Sex', 'Address', 'Municipality', 'Parents', 'Remark'];

function readme(inhabitants: Map<string, Inhabitant>): string {
  const families = NAMED_FAMILIES.map((family) => {
    const rows = family.persons.map(({ key }) => rowOf(inhabitants.get(key) as Inhabitant));
    return `## ${family.key}\n\n${family.about}\n\n${table([COLUMNS, ...rows])}`;
  });
  return [HEADER.replace('{count}', String(inhabitants.size)), ...families].join('\n');
}

function rowOf({ spec, person }: Inhabitant): string[] {
  const address = person.verblijfplaats?.verblijfadres;
  const remarks = [
    spec.diedOn && `died ${spec.diedOn}`,
    spec.emigratedOn && `emigrated ${spec.emigratedOn}`,
    spec.protectedAddress && 'protected address',
    spec.remark,
  ];
  return [
    `\`${spec.key}\``,
    person.naam?.volledigeNaam ?? '',
    person.burgerservicenummer,
    typeof spec.born === 'string' ? spec.born : (person.geboorte?.datum?.langFormaat ?? ''),
    spec.sex,
    address?.postcode ? `${address.postcode} ${address.huisnummer}` : 'abroad',
    `${spec.municipality} ${person.gemeenteVanInschrijving?.omschrijving}`,
    (spec.parents ?? []).map((key) => `\`${key}\``).join(', '),
    remarks.filter(Boolean).join('; '),
  ];
}

/** A Markdown table with columns of equal width, as the formatter leaves it. */
function table(rows: string[][]): string {
  const widths = COLUMNS.map((_, column) =>
    Math.max(...rows.map((row) => [...(row[column] ?? '')].length), 3),
  );
  const line = (cells: string[]): string =>
    `| ${cells.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - [...cell].length)).join(' | ')} |`;
  const [header = [], ...body] = rows;
  return [line(header), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n') + '\n';
}
