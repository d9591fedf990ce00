import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { stringify } from 'yaml';
import { inLetters } from '../../federation/in-letters.js';

/** Somebody who can log in at their region. */
export interface Person {
  /** Account, and the part of the e-mail address that is before the @. */
  subject: string;
  region: string;
  organisation: string;
  role: 'professional' | 'coordinator' | 'process-manager' | 'operator';
  email: string;
  /** Code of a process manager's municipality. */
  municipality?: string;
}

interface Region {
  id: string;
  shortName: string;
  /** Months after which signals are removed: short ones let a walk come to the end of them. */
  retentionMonths: number;
  municipalities: readonly [string, string];
}

export const REGIONS: readonly Region[] = [
  { id: 'duin', shortName: 'DUIN', retentionMonths: 2, municipalities: ['0537', '0575'] },
  { id: 'veen', shortName: 'VEEN', retentionMonths: 24, municipalities: ['0118', '1731'] },
];
export const MUNICIPALITIES: readonly string[] = REGIONS.flatMap(({ municipalities }) => municipalities);
export const FIRST_PHONE = '000-000 00 00';

const organisationsOf = ({ municipalities: [first, second] }: Region) => [
  { id: 'school', kind: 'school', sector: 'education', municipality: first },
  { id: 'zorg', kind: 'certified-institution', sector: 'youth-care', municipality: second },
  { id: 'gemeente-1', kind: 'municipality', sector: 'social-support', municipality: first },
  { id: 'gemeente-2', kind: 'municipality', sector: 'social-support', municipality: second },
];

/** Two organisations with two professionals and a coordinator each, a process manager per municipality, and the operator. */
const peopleOf = ({ id: region, municipalities }: Region): Person[] => {
  const person = (
    name: string,
    organisation: string,
    role: Person['role'],
    municipality?: string,
  ): Person => {
    const subject = `${region}-${name}`;
    const email = `${subject}@${region}.voorbeeld.example`;
    return { subject, region, organisation, role, email, ...(municipality ? { municipality } : {}) };
  };
  return [
    ...['school', 'zorg'].flatMap((organisation) => [
      person(`${organisation}-1`, organisation, 'professional'),
      person(`${organisation}-2`, organisation, 'professional'),
      person(`${organisation}-coordinator`, organisation, 'coordinator'),
    ]),
    person('procesmanager-1', 'gemeente-1', 'process-manager', municipalities[0]),
    person('procesmanager-2', 'gemeente-2', 'process-manager', municipalities[1]),
    person('beheerder', 'gemeente-1', 'operator'),
  ];
};
export const PEOPLE: readonly Person[] = REGIONS.flatMap(peopleOf);

/** The municipality of the organisation of somebody of a region. */
export const municipalityOf = ({ region, organisation }: Person): string =>
  organisationsOf(REGIONS.find(({ id }) => id === region)!).find(({ id }) => id === organisation)!
    .municipality;

const covenantOf = (region: Region) => ({
  name: `Verwijsindex ${region.id}`,
  shortName: region.shortName,
  retentionMonths: region.retentionMonths,
  municipalities: region.municipalities.map((code) => ({ code, name: `Gemeente ${code}` })),
  organisations: organisationsOf(region).map(({ municipality, ...organisation }) => ({
    ...{ ...organisation, name: nameOf(region, organisation.id) },
    ...{ municipalities: [municipality], mayUseBsn: true },
  })),
  leading: {
    ...{ order: ['certified-institution'], never: ['school'] },
    ...{ tieBreaks: ['earliest-signal'], fallback: 'process-manager' },
  },
  followUp: { stalledAfterWorkingDays: 5, escalatedAfterWorkingDays: 10, liberationDay: 'every-year' },
  mails: { logInToSee: [] },
  contacts: { confirmEveryMonths: 6 },
});

const directoryOf = (region: Region) => ({
  organisations: organisationsOf(region).map((each) => ({ ...each, name: nameOf(region, each.id) })),
  professionals: peopleOf(region).map(({ subject, email, organisation, role, municipality }) => ({
    ...{
      subject,
      name: `Proef ${inLetters(subject)}`,
      function: 'Contactpersoon',
      phone: FIRST_PHONE,
      email,
    },
    ...{ organisation, roles: [role], designated: role === 'professional' },
    ...(municipality ? { municipality } : {}),
  })),
});

const nameOf = ({ id }: Region, organisation: string): string => `Proef ${organisation} ${id}`;

/** Writes covenant and directory of every region, in the form of `deploy/local/demo`. */
export function writeRegions(folder: string): void {
  for (const region of REGIONS) {
    const at = path.join(folder, region.id);
    mkdirSync(at, { recursive: true });
    writeFileSync(path.join(at, 'covenant.yaml'), stringify(covenantOf(region)));
    writeFileSync(path.join(at, 'directory.yaml'), stringify(directoryOf(region)));
  }
}
