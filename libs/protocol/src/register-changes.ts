import { RegisteredRegion, type RegionRegister } from './register.js';
import { instanceOf, MalformedMessage } from './validation.js';

/** One thing that keeps a change from being made: a code for programs, and words for the command line. */
export interface Finding {
  field: string;
  code: 'unknown' | 'ended' | 'malformed' | 'taken' | 'repeated' | 'absent' | 'unchanged' | 'removed';
  /** Whose it is already. */
  owner?: string;
  says: string;
}

/** Why a change of the register is not made. */
export class ChangeRefused extends Error {
  override name = 'ChangeRefused';
  constructor(
    message: string,
    readonly findings: readonly Finding[],
  ) {
    super(message);
  }
}

/** What a region tells of itself when it asks to take part. */
export type Application = Omit<RegisteredRegion, 'state' | 'dailyQuota'>;

type State = RegisteredRegion['state'];

/** What each field of an application has to be. */
const FIELDS: Record<keyof Application, string> = {
  id: '2 to 31 small letters, digits and hyphens, beginning with a letter',
  name: 'a line of at most 80 characters, without links',
  municipalities: 'a list of municipality codes of four digits; empty for a national reporter',
  signingKey: 'an Ed25519 public key, 32 bytes in base64url',
  cardKey: 'an X25519 public key, 32 bytes in base64url',
  certificateSubject: 'the subject of its certificate as text, such as "CN=rijnmond,O=Voorbeeld,C=NL"',
};

/**
 * The register with one more region. A region that was removed may come back.
 * @param application what the region tells, as parsed from its file
 * @throws ChangeRefused naming every field that is wrong or taken, each code that ended or is in no table
 */
export function withNewRegion(
  before: RegionRegister,
  application: unknown,
  dailyQuota: number,
  codes: MunicipalityCodes,
): RegionRegister {
  const region = readRegion(application, dailyQuota);
  const regions = before.regions.filter(({ id, state }) => id !== region.id || state !== 'removed');
  const taken = conflicts({ ...before, regions }, region, codes);
  if (taken.length > 0) throw refused('The application cannot be taken over:', taken);
  refuseCodes(region.municipalities, codes);
  return { ...before, regions: [...regions, region] };
}

/**
 * The register with a region in another state. One that was removed stays so: it applies anew.
 * @throws ChangeRefused when there is no such region, or nothing would change
 */
export function withState(before: RegionRegister, id: string, state: State): RegionRegister {
  const region = before.regions.find((each) => each.id === id);
  const refuse = (code: Finding['code'], says: string) =>
    new ChangeRefused(says, [{ field: 'region', code, says }]);
  if (!region) throw refuse('absent', `no region is called ${id}; list shows all`);
  if (region.state === state) throw refuse('unchanged', `${id} is ${state} already`);
  if (region.state === 'removed') throw refuse('removed', `${id} was removed; add it anew`);
  return { ...before, regions: before.regions.map((each) => (each === region ? { ...each, state } : each)) };
}

/** What the table of municipalities says of codes. */
export interface MunicipalityCodes {
  /** Why a code cannot stand in a register; undefined when it can. */
  findingOf: (code: string) => { code: 'unknown' | 'ended'; says: string } | undefined;
  /** The code that is used today for what a code stood for. */
  present: (code: string) => string;
}

/** Codes as they are, where no table is at hand. */
export const CODES_AS_THEY_ARE: MunicipalityCodes = {
  findingOf: () => undefined,
  present: (code) => code,
};

/** @throws ChangeRefused naming each code that ended or is in no table */
export function refuseCodes(municipalities: readonly string[], { findingOf }: MunicipalityCodes): void {
  const found = municipalities.flatMap((code): Finding[] => {
    const finding = findingOf(code);
    return finding ? [{ field: 'municipalities', ...finding }] : [];
  });
  if (found.length > 0) throw refused('These municipalities cannot stand in the register:', found);
}

/**
 * The register with a region that has other municipalities.
 * @throws ChangeRefused when there is no such region or nothing would change, and naming each code that is wrong or belongs to another region
 */
export function withMunicipalities(
  before: RegionRegister,
  id: string,
  municipalities: readonly string[],
  codes: MunicipalityCodes,
): RegionRegister {
  const region = presentRegion(before, id);
  const changed = [...municipalities].sort();
  if (changed.join() === [...region.municipalities].sort().join())
    throw refusedRegion('unchanged', `${id} has these municipalities already`);
  const found: Finding[] = [];
  const say = (code: Finding['code'], says: string, owner?: string) =>
    found.push({ field: 'municipalities', code, says, ...(owner === undefined ? {} : { owner }) });
  const malformed = changed.filter((code) => !/^[0-9]{4}$/.test(code));
  if (malformed.length > 0) say('malformed', `must be ${FIELDS.municipalities}`);
  const repeated = changed.filter((code, at) => changed.indexOf(code) !== at);
  if (repeated.length > 0) say('repeated', `${repeated.join(', ')} stands there twice`);
  const wanted = new Set(changed.map((code) => codes.present(code)));
  for (const other of before.regions) {
    if (other.id === id || other.state === 'removed') continue;
    const shared = other.municipalities.filter((code) => wanted.has(codes.present(code)));
    if (shared.length > 0) say('taken', `${shared.join(', ')} belongs to ${other.id}`, other.id);
  }
  if (found.length > 0) throw refused('The municipalities cannot be changed:', found);
  refuseCodes(changed, codes);
  return {
    ...before,
    regions: before.regions.map((each) => (each === region ? { ...each, municipalities: changed } : each)),
  };
}

function presentRegion(before: RegionRegister, id: string): RegisteredRegion {
  const region = before.regions.find((each) => each.id === id);
  if (!region) throw refusedRegion('absent', `no region is called ${id}; list shows all`);
  if (region.state === 'removed') throw refusedRegion('removed', `${id} was removed; add it anew`);
  return region;
}

const refusedRegion = (code: Finding['code'], says: string): ChangeRefused =>
  new ChangeRefused(says, [{ field: 'region', code, says }]);

function readRegion(application: unknown, dailyQuota: number): RegisteredRegion {
  const fields = Object.keys(application ?? {});
  const wrong: Finding[] = fields
    .filter((field) => !(field in FIELDS))
    .map((field) => ({ field, code: 'unknown', says: 'is no field of an application' }));
  try {
    const decided = { state: 'admitted', dailyQuota };
    const region = instanceOf(RegisteredRegion, { ...(application as object), ...decided });
    if (wrong.length === 0) return region;
  } catch (error) {
    if (!(error instanceof MalformedMessage)) throw error;
    for (const field of error.message.split(', '))
      if (field in FIELDS)
        wrong.push({ field, code: 'malformed', says: `must be ${FIELDS[field as keyof Application]}` });
  }
  throw refused('The application is not complete or not right:', wrong);
}

/** What of a new region belongs to somebody else already. */
function conflicts(register: RegionRegister, region: RegisteredRegion, codes: MunicipalityCodes): Finding[] {
  const present = register.regions.filter(({ state }) => state !== 'removed');
  const parties = [{ id: 'relay', ...register.relay }, ...register.keyHolders, ...present];
  const found: Finding[] = [];
  const taken = (field: string, owner: { id: string } | undefined, says: (id: string) => string) => {
    if (owner) found.push({ field, code: 'taken', owner: owner.id, says: says(owner.id) });
  };
  const sameId = parties.find(({ id }) => id === region.id);
  taken('id', sameId, (id) => `${id} takes part already`);
  const sameName = present.find(({ name }) => name === region.name);
  taken('name', sameName, (id) => `is that of ${id}`);

  const repeated = region.municipalities.filter((code, at, all) => all.indexOf(code) !== at);
  if (repeated.length > 0)
    found.push({
      ...{ field: 'municipalities', code: 'repeated' },
      says: `${repeated.join(', ')} stands there twice`,
    });
  for (const other of present) {
    const theirs = other.municipalities.map((code) => codes.present(code));
    const shared = region.municipalities.filter((code) => theirs.includes(codes.present(code)));
    if (shared.length > 0) taken('municipalities', other, (id) => `${shared.join(', ')} belongs to ${id}`);
  }

  for (const field of ['signingKey', 'cardKey'] as const) {
    const owner = parties.find((party) => keysOf(party).includes(region[field]));
    taken(field, owner, (id) => `is a key of ${id}`);
  }
  if (region.signingKey === region.cardKey)
    found.push({ field: 'cardKey', code: 'repeated', says: 'is the same as signingKey' });

  const holder = parties.find((party) => sameSubject(party.certificateSubject, region.certificateSubject));
  taken('certificateSubject', holder, (id) => `is that of ${id}`);
  return found;
}

const keysOf = (party: { signingKey: string; cardKey?: string; sealingKey?: string }) =>
  [party.signingKey, party.cardKey, party.sealingKey].filter((key) => key !== undefined);

/** The hub takes the parts of a subject in any order, and their names in any case. */
const sameSubject = (one: string, other: string): boolean => comparable(one) === comparable(other);
const comparable = (subject: string): string =>
  subject
    .split(/(?<!\\),/)
    .map((part) => part.replace(/^[^=]+/, (name) => name.toUpperCase()))
    .sort()
    .join();

const refused = (title: string, findings: Finding[]): ChangeRefused =>
  new ChangeRefused(
    [title, ...findings.map(({ field, says }) => `  - ${field}: ${says}`)].join('\n'),
    findings,
  );
