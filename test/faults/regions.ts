import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { stringify } from 'yaml';
import { inLetters } from '../federation/in-letters.js';

/** What the regions of a run are called, in this order. */
const NAMES = ['noord', 'oost', 'zuid', 'west', 'midden', 'kust', 'polder', 'heuvel', 'veen', 'duin'];
/** A municipality for each of them: residences elsewhere than in the table of municipalities are not understood. */
const CODES = ['0014', '0153', '0546', '0363', '0344', '0518', '0632', '0202', '0118', '0537'];
export const MOST_REGIONS = NAMES.length;
/** Everybody's telephone number to begin with. */
export const FIRST_PHONE = '000-000 00 00';

/** Somebody who files signals during a run. */
export interface Filer {
  region: string;
  /** Account, and the part of the e-mail address that is before the @. */
  subject: string;
  email: string;
}

/** A region of a run: who files, and who keeps the contact data of all of them. */
export interface Cast {
  region: string;
  municipality: string;
  filers: Filer[];
  coordinator: string;
}

const emailOf = (region: string, subject: string): string => `${subject}@${region}.voorbeeld.example`;

/** The people of the first `count` regions. Two of the four filers belong to an organisation that may lead. */
export const castOf = (count: number): Cast[] =>
  NAMES.slice(0, count).map((region, place) => ({
    region,
    municipality: CODES[place]!,
    filers: ['school', 'school', 'politie', 'politie'].map((organisation, n) => {
      const subject = `${region}-${organisation}-${n}`;
      return { region, subject, email: emailOf(region, subject) };
    }),
    coordinator: `${region}-coordinator-school`,
  }));

/** Writes covenant and directory of every region, in the form of `deploy/local/demo`. */
export function writeRegions(folder: string, casts: readonly Cast[]): void {
  for (const cast of casts) {
    const at = path.join(folder, cast.region);
    mkdirSync(at, { recursive: true });
    writeFileSync(path.join(at, 'covenant.yaml'), stringify(covenantOf(cast)));
    writeFileSync(path.join(at, 'directory.yaml'), stringify(directoryOf(cast)));
  }
}

const organisationsOf = ({ region, municipality }: Cast) => [
  { id: 'school', name: `School ${region}`, sector: 'education', kind: 'school', municipality },
  { id: 'politie', name: `Politie ${region}`, sector: 'police-justice', kind: 'police', municipality },
  {
    id: 'gemeente',
    name: `Gemeente ${region}`,
    sector: 'social-support',
    kind: 'municipality',
    municipality,
  },
];

const covenantOf = (cast: Cast) => ({
  name: `Verwijsindex ${cast.region}`,
  shortName: cast.region.toUpperCase().slice(0, 6),
  retentionMonths: 12,
  municipalities: [{ code: cast.municipality, name: `Gemeente ${cast.region}` }],
  organisations: organisationsOf(cast).map(({ municipality, ...organisation }) => ({
    ...organisation,
    municipalities: [municipality],
    mayUseBsn: true,
  })),
  leading: {
    order: ['school'],
    never: ['police'],
    tieBreaks: ['earliest-signal'],
    fallback: 'process-manager',
  },
  followUp: { stalledAfterWorkingDays: 5, escalatedAfterWorkingDays: 10, liberationDay: 'every-year' },
  mails: { logInToSee: [] },
  contacts: { confirmEveryMonths: 6 },
});

const directoryOf = (cast: Cast) => {
  const person = (subject: string, organisation: string, role: string, more: object = {}) => ({
    subject,
    name: `Proef ${inLetters(subject)}`,
    function: 'Contactpersoon',
    phone: FIRST_PHONE,
    email: emailOf(cast.region, subject),
    organisation,
    roles: [role],
    designated: role === 'professional',
    ...more,
  });
  return {
    organisations: organisationsOf(cast),
    professionals: [
      ...cast.filers.map(({ subject }) => person(subject, subject.split('-')[1]!, 'professional')),
      person(cast.coordinator, 'school', 'coordinator'),
      person(`${cast.region}-procesmanager`, 'gemeente', 'process-manager', {
        municipality: cast.municipality,
      }),
      person(`${cast.region}-beheerder`, 'gemeente', 'operator'),
    ],
  };
};
