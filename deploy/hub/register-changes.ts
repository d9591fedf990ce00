import { instanceOf, MalformedMessage, RegisteredRegion, type RegionRegister } from '#libs/protocol';

/** Why a change of the register is not made, in words for whoever asked for it. */
export class ChangeRefused extends Error {
  override name = 'ChangeRefused';
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
 * @throws ChangeRefused naming every field that is wrong or taken
 */
export function withNewRegion(
  before: RegionRegister,
  application: unknown,
  dailyQuota: number,
): RegionRegister {
  const region = readRegion(application, dailyQuota);
  const regions = before.regions.filter(({ id, state }) => id !== region.id || state !== 'removed');
  const taken = conflicts({ ...before, regions }, region);
  if (taken.length > 0) throw new ChangeRefused(listOf('The application cannot be taken over:', taken));
  return { ...before, regions: [...regions, region] };
}

/**
 * The register with a region in another state. One that was removed stays so: it applies anew.
 * @throws ChangeRefused when there is no such region, or nothing would change
 */
export function withState(before: RegionRegister, id: string, state: State): RegionRegister {
  const region = before.regions.find((each) => each.id === id);
  if (!region) throw new ChangeRefused(`no region is called ${id}; list shows all`);
  if (region.state === state) throw new ChangeRefused(`${id} is ${state} already`);
  if (region.state === 'removed') throw new ChangeRefused(`${id} was removed; add it anew`);
  return { ...before, regions: before.regions.map((each) => (each === region ? { ...each, state } : each)) };
}

function readRegion(application: unknown, dailyQuota: number): RegisteredRegion {
  const fields = Object.keys(application ?? {});
  const wrong = fields
    .filter((field) => !(field in FIELDS))
    .map((field) => `${field}: is no field of an application`);
  try {
    const decided = { state: 'admitted', dailyQuota };
    const region = instanceOf(RegisteredRegion, { ...(application as object), ...decided });
    if (wrong.length === 0) return region;
  } catch (error) {
    if (!(error instanceof MalformedMessage)) throw error;
    for (const field of error.message.split(', '))
      if (field in FIELDS) wrong.push(`${field}: must be ${FIELDS[field as keyof Application]}`);
  }
  throw new ChangeRefused(listOf('The application is not complete or not right:', wrong));
}

/** What of a new region belongs to somebody else already. */
function conflicts(register: RegionRegister, region: RegisteredRegion): string[] {
  const present = register.regions.filter(({ state }) => state !== 'removed');
  const parties = [{ id: 'relay', ...register.relay }, ...register.keyHolders, ...present];
  const found: string[] = [];
  const sameId = parties.find(({ id }) => id === region.id);
  if (sameId) found.push(`id: ${region.id} takes part already`);
  const sameName = present.find(({ name }) => name === region.name);
  if (sameName) found.push(`name: is that of ${sameName.id}`);

  const repeated = region.municipalities.filter((code, at, all) => all.indexOf(code) !== at);
  if (repeated.length > 0) found.push(`municipalities: ${repeated.join(', ')} stands there twice`);
  for (const other of present) {
    const shared = region.municipalities.filter((code) => other.municipalities.includes(code));
    if (shared.length > 0) found.push(`municipalities: ${shared.join(', ')} belongs to ${other.id}`);
  }

  for (const field of ['signingKey', 'cardKey'] as const) {
    const owner = parties.find((party) => keysOf(party).includes(region[field]));
    if (owner) found.push(`${field}: is a key of ${owner.id}`);
  }
  if (region.signingKey === region.cardKey) found.push('cardKey: is the same as signingKey');

  const holder = parties.find((party) => sameSubject(party.certificateSubject, region.certificateSubject));
  if (holder) found.push(`certificateSubject: is that of ${holder.id}`);
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

const listOf = (title: string, lines: string[]): string =>
  [title, ...lines.map((line) => `  - ${line}`)].join('\n');
