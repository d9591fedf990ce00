import type { Sector } from '../sectors.js';

/** A category of organisations, or of functionaries who work alone, that may file signals. */
export interface OrganisationKind {
  /** What it is called on screen. */
  name: string;
  /** Sectors as which it may sign, each with the article of the Besluit Jeugdwet that names the category there. */
  sectors: Partial<Record<Sector, string>>;
  /** The law that gives it a right to the BSN of its own (Jeugdwet 7.1.4.2 lid 2); absent when none does. */
  bsn?: string;
  /** One functionary, who signs and files as themselves (Jeugdwet 7.1.1.2 lid 2). */
  worksAlone?: true;
  /** Files on the node of a national reporter only, whose covenant has no municipalities. */
  nationalOnly?: true;
}

const YOUTH_ACT = 'Jeugdwet 7.2.1';
const CARE_ACT = 'Wet aanvullende bepalingen verwerking persoonsgegevens in de zorg';
const SUPPORT_ACT = 'Wet maatschappelijke ondersteuning 2015, hoofdstuk 5';
const SCHOOL_ACT = 'Wet register onderwijsdeelnemers';
const GOVERNMENT = 'Wet algemene bepalingen burgerservicenummer 10';

/**
 * Every kind of organisation that the Besluit Jeugdwet designates, and no other. The keys go into contact cards, so they do not change.
 * Whether an organisation uses its right to the BSN is for the covenant to say; without a right in this table it cannot.
 */
export const ORGANISATION_KINDS = {
  municipality: {
    name: 'Gemeente',
    sectors: { 'youth-care': '7.1.1', 'social-support': '7.1.5' },
    bsn: GOVERNMENT,
  },
  'safe-home': { name: 'Veilig Thuis', sectors: { 'youth-care': '7.1.1' }, bsn: SUPPORT_ACT },
  'youth-care-provider': { name: 'Jeugdhulpaanbieder', sectors: { 'youth-care': '7.1.1' }, bsn: YOUTH_ACT },
  'certified-institution': {
    name: 'Gecertificeerde instelling',
    sectors: { 'youth-care': '7.1.1' },
    bsn: YOUTH_ACT,
  },
  'neighbourhood-team': {
    name: 'Buurtteam',
    sectors: { 'youth-care': '7.1.1', 'social-support': '7.1.5' },
    bsn: SUPPORT_ACT,
  },
  'youth-health': { name: 'Jeugdgezondheidszorg', sectors: { 'health-care': '7.1.2' }, bsn: CARE_ACT },
  'addiction-care': {
    name: 'Verslavingszorg',
    sectors: { 'health-care': '7.1.3 lid 1 sub a' },
    bsn: CARE_ACT,
  },
  'disability-care': {
    name: 'Gehandicaptenzorg',
    sectors: { 'health-care': '7.1.3 lid 1 sub b' },
    bsn: CARE_ACT,
  },
  ggz: { name: 'GGZ', sectors: { 'health-care': '7.1.3 lid 1 sub c' }, bsn: CARE_ACT },
  'primary-care': {
    name: 'Integrale eerstelijnszorg',
    sectors: { 'health-care': '7.1.3 lid 1 sub d' },
    bsn: CARE_ACT,
  },
  'hospital-emergency': {
    name: 'Ziekenhuis, spoedeisende hulp',
    sectors: { 'health-care': '7.1.3 lid 1 sub e' },
    bsn: CARE_ACT,
  },
  'general-practitioner': {
    name: 'Huisarts',
    sectors: { 'health-care': '7.1.3 lid 2' },
    bsn: CARE_ACT,
    worksAlone: true,
  },
  school: {
    name: 'School',
    sectors: { education: '7.1.4 lid 1 sub a tot en met c' },
    bsn: SCHOOL_ACT,
  },
  'vocational-school': {
    name: 'Mbo-instelling',
    sectors: { education: '7.1.4 lid 1 sub d' },
    bsn: SCHOOL_ACT,
  },
  'higher-education': {
    name: 'Hogeschool of universiteit',
    sectors: { education: '7.1.4 lid 1 sub e' },
    bsn: SCHOOL_ACT,
  },
  'dropout-registration': {
    name: 'RMC-contactgemeente',
    sectors: { education: '7.1.4 lid 1 sub f' },
    bsn: GOVERNMENT,
  },
  'school-attendance-officer': {
    name: 'Leerplichtambtenaar',
    sectors: { education: '7.1.4 lid 2' },
    bsn: GOVERNMENT,
    worksAlone: true,
  },
  'social-support-provider': {
    name: 'Wmo-aanbieder',
    sectors: { 'social-support': '7.1.5' },
    bsn: SUPPORT_ACT,
  },
  'debt-help': { name: 'Gemeentelijke kredietbank', sectors: { 'work-income': '7.1.6' }, bsn: GOVERNMENT },
  police: { name: 'Politie', sectors: { 'police-justice': '7.1.7 sub a' }, bsn: GOVERNMENT },
  halt: { name: 'Halt', sectors: { 'police-justice': '7.1.7 sub b' } },
  'protection-board': {
    name: 'Raad voor de Kinderbescherming',
    sectors: { 'police-justice': '7.1.7 sub c' },
    bsn: GOVERNMENT,
    nationalOnly: true,
  },
} as const satisfies Record<string, OrganisationKind>;

/**
 * What older covenants call kinds that are in the table under another key. Such a covenant goes on under its own words; this table tells the
 * operator what to write in the next version.
 */
export const FORMER_KINDS: Readonly<Record<string, keyof typeof ORGANISATION_KINDS>> = {
  ...{ gemeente: 'municipality', 'veilig-thuis': 'safe-home', amhk: 'safe-home' },
  ...{ jeugdhulp: 'youth-care-provider', 'youth-care': 'youth-care-provider', gi: 'certified-institution' },
  ...{ wijkteam: 'neighbourhood-team', buurtteam: 'neighbourhood-team', jeugdteam: 'neighbourhood-team' },
  ...{ jgz: 'youth-health', 'mental-health': 'ggz', 'mental-health-care': 'ggz' },
  ...{ hospital: 'hospital-emergency', ziekenhuis: 'hospital-emergency' },
  ...{ huisarts: 'general-practitioner', gp: 'general-practitioner' },
  ...{ 'primary-school': 'school', 'secondary-school': 'school', 'special-school': 'school' },
  ...{ mbo: 'vocational-school', college: 'vocational-school', university: 'higher-education' },
  ...{ rmc: 'dropout-registration', leerplicht: 'school-attendance-officer' },
  ...{ 'attendance-officer': 'school-attendance-officer', wmo: 'social-support-provider' },
  ...{ 'social-work': 'social-support-provider', kredietbank: 'debt-help', 'credit-bank': 'debt-help' },
  ...{ politie: 'police', raad: 'protection-board', 'child-protection-board': 'protection-board' },
};
