import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SeededChoice } from '../../../apps/brp-simulator/population/random.js';
import { Unanswered, type Answer } from '../../federation/http/visitor.js';
import { PEOPLE, type Person } from './cast.js';
import type { Truth } from './truth.js';
import type { World } from './world.js';

/** Somebody was shown what they are no part of, or the software and the truth differ. */
export class Broken extends Error {
  override name = 'Broken';
}

interface ShownContact {
  id?: string;
  kind: string;
  email: string;
  phone: string;
}

interface Seen {
  /** As `Truth.seenBy`. */
  lines: string[] | undefined;
  /** Of everybody who was shown. */
  addresses: string[];
  /** Of what may be asked for by id, by the kind of it. */
  ids: Record<IdKind, string[]>;
}

/** Kinds of ids that people get to see, and what can be asked with each by whom. */
type IdKind = 'signals' | 'matches' | 'match-queue' | 'moves';
const ROUTES: { kind: IdKind; method: 'get' | 'post'; suffix: string; body?: object }[] = [
  { kind: 'signals', method: 'get', suffix: '' },
  { kind: 'signals', method: 'get', suffix: '/earlier' },
  { kind: 'signals', method: 'post', suffix: '/_end', body: { reason: 'risk-gone' } },
  { kind: 'signals', method: 'post', suffix: '/_renew', body: { informed: 'yes' } },
  { kind: 'signals', method: 'post', suffix: '/_informed', body: {} },
  { kind: 'matches', method: 'post', suffix: '/_contact-made', body: {} },
  { kind: 'matches', method: 'post', suffix: '/_contact-not-made', body: {} },
  { kind: 'matches', method: 'post', suffix: '/_reject', body: {} },
  { kind: 'match-queue', method: 'post', suffix: '/_forward', body: { municipality: '0118' } },
  { kind: 'moves', method: 'post', suffix: '/_placed', body: {} },
];

/** Addresses of those whom everybody may see. */
type Allowed = ReadonlyMap<Person, ReadonlySet<string>>;

const LOOK_AGAIN_MS = 150;
const PATIENCE_MS = 300_000;

/** Looks with everybody's eyes at what there is to see, and compares it with the truth. */
export class Looks {
  private seen = new Map<Person, Seen>();
  private readonly everSeen: Record<IdKind, { id: string; region: string }[]> = {
    ...{ signals: [], matches: [], 'match-queue': [], moves: [] },
  };
  /** How often something was seen that only a part of the walk leads to. */
  readonly met = { matches: 0, cases: 0, moves: 0, intrusions: 0 };

  constructor(
    private readonly world: World,
    private readonly truth: Truth,
  ) {}

  /** Ids of one kind that somebody sees now. */
  idsOf(person: Person, kind: IdKind): readonly string[] {
    return this.seen.get(person)?.ids[kind] ?? [];
  }

  /**
   * Waits until everybody sees what is so, and that only. Nobody may meanwhile see anybody whom they could not see before and may not see now.
   * @param before whom everybody could see before the last action, and before anything followed from it
   * @throws Broken
   */
  async untilTrue(...before: Allowed[]): Promise<void> {
    for (const deadline = performance.now() + PATIENCE_MS; ; await sleep(LOOK_AGAIN_MS)) {
      const wrong = (await Promise.all(WATCHED.map((person) => this.look(person, before)))).flat();
      if (wrong.length === 0) return;
      if (performance.now() > deadline) throw new Broken(wrong.join('\n'));
    }
  }

  /** Whom everybody may see now. */
  allowed(): Allowed {
    return new Map(WATCHED.map((person) => [person, this.truth.addressesFor(person)]));
  }

  /**
   * Has people ask for what is not theirs, with ids of what is or was there, and expects the very answer that is given for nothing.
   * @throws Broken
   */
  async intrude(choice: SeededChoice, times: number): Promise<void> {
    const asked = Array.from({ length: times }, () => this.drawIntrusion(choice)).flatMap(
      (each) => each ?? [],
    );
    for (let at = 0; at < asked.length; at += AT_ONCE)
      await Promise.all(asked.slice(at, at + AT_ONCE).map((each) => this.expectNothing(each)));
  }

  /** Everybody asks for every signal that ever was. @throws Broken */
  async askForEverySignal(): Promise<void> {
    for (const { id, region } of this.everSeen.signals)
      await Promise.all(
        PEOPLE.filter(
          (person) => person.region === region && !this.idsOf(person, 'signals').includes(id),
        ).map((person) => this.expectNothing({ person, route: ROUTES[0]!, id })),
      );
  }

  private async look(person: Person, before: readonly Allowed[]): Promise<string[]> {
    let seen: Seen;
    try {
      seen = await (person.role === 'process-manager' ? this.askCases(person) : this.askOwn(person));
    } catch (error) {
      if (error instanceof Unanswered) return [`${person.subject} is not answered`];
      throw error;
    }
    this.keep(person, seen);
    const may = this.truth.addressesFor(person);
    const could = [may, ...before.map((allowed) => allowed.get(person)!)];
    const stranger = seen.addresses.find((email) => !could.some((addresses) => addresses.has(email)));
    if (stranger) throw new Broken(`${person.subject} sees ${stranger}, with whom they have nothing to do`);
    const stale = seen.addresses.filter((email) => !may.has(email));
    const expected = this.truth.seenBy(person);
    if (stale.length === 0 && JSON.stringify(seen.lines) === JSON.stringify(expected)) return [];
    const list = (lines?: string[]) => lines?.join('\n    ') ?? 'a refusal';
    return [
      `${person.subject} sees\n    ${list(seen.lines)}\n  and should see\n    ${list(expected)}`,
      ...stale.map((email) => `${person.subject} still sees ${email}`),
    ];
  }

  private async askOwn(person: Person): Promise<Seen> {
    const [own, matches] = await this.askBoth(person, 'signals', 'matches');
    if (!own || !matches) return NOTHING;
    const { signals } = own.body as { signals: { id: string; number: string }[] };
    const views = matches.body as {
      signalNumber: string;
      matchregisseur: { email: string } | null;
      involved: ShownContact[];
    }[];
    const involved = views.flatMap((view) => view.involved);
    return {
      lines: [
        ...signals.map(({ number }) => `has ${number}`),
        ...views.flatMap((view) => view.involved.map((each) => `at ${view.signalNumber} ${shown(each)}`)),
      ].sort(),
      addresses: [...involved, ...views.flatMap(({ matchregisseur }) => matchregisseur ?? [])].map(
        ({ email }) => email,
      ),
      ids: { ...NOTHING.ids, signals: signals.map(({ id }) => id), matches: involved.map(({ id }) => id!) },
    };
  }

  private async askCases(person: Person): Promise<Seen> {
    const [queue, moves] = await this.askBoth(person, 'match-queue', 'moves');
    if (!queue || !moves) return NOTHING;
    const cases = queue.body as {
      id: string;
      matchregisseur: { email: string } | null;
      involved: ShownContact[];
    }[];
    const told = (
      moves.body as {
        moves: { id: string; signals: { email: string }[]; forwardedBy?: { email: string } }[];
      }
    ).moves;
    return {
      lines: cases.flatMap(({ involved }) => involved.map((each) => `follows up ${shown(each)}`)).sort(),
      addresses: [
        ...cases.flatMap(({ matchregisseur, involved }) => [
          ...involved,
          ...(matchregisseur ? [matchregisseur] : []),
        ]),
        ...told.flatMap(({ signals, forwardedBy }) => [...signals, ...(forwardedBy ? [forwardedBy] : [])]),
      ].map(({ email }) => email),
      ids: {
        ...NOTHING.ids,
        ...{ 'match-queue': cases.map(({ id }) => id), moves: told.map(({ id }) => id) },
      },
    };
  }

  /** Asks for two lists; nothing when both are refused. */
  private async askBoth(person: Person, one: string, other: string): Promise<(Answer | undefined)[]> {
    const answers = await Promise.all([one, other].map((path) => this.world.visitor(person).get(path)));
    const statuses = answers.map(({ status }) => status).join();
    if (statuses === '403,403') return [];
    if (statuses !== '200,200')
      throw new Broken(`${person.subject} is answered ${statuses} for ${one}, ${other}`);
    return answers;
  }

  private keep(person: Person, seen: Seen): void {
    this.seen.set(person, seen);
    this.met.matches += seen.ids.matches.length;
    this.met.cases += seen.ids['match-queue'].length;
    this.met.moves += seen.ids.moves.length;
    for (const kind of Object.keys(seen.ids) as IdKind[])
      for (const id of seen.ids[kind])
        if (!this.everSeen[kind].some((known) => known.id === id))
          this.everSeen[kind].push({ id, region: person.region });
  }

  private drawIntrusion(choice: SeededChoice): Intrusion | undefined {
    const route = choice.of(ROUTES);
    const known = this.everSeen[route.kind];
    if (known.length === 0) return undefined;
    const { id, region } = choice.of(known);
    // also of the other region, where the id means nothing
    const person = choice.of(PEOPLE.filter((each) => each.region === region || choice.chance(0.2)));
    return this.idsOf(person, route.kind).includes(id) ? undefined : { person, route, id };
  }

  private async expectNothing({ person, route, id }: Intrusion): Promise<void> {
    const { kind, method, suffix, body } = route;
    const ask = async (wanted: string) => {
      const path = `${kind}/${wanted}${suffix}`;
      const visitor = this.world.visitor(person);
      const answer = await (method === 'get' ? visitor.get(path) : visitor.post(path, body));
      return { status: answer.status, body: answer.body as unknown };
    };
    const absent =
      kind === 'signals' || kind === 'moves' ? randomUUID() : randomBytes(16).toString('base64url');
    const theirs = await ask(id);
    const nothing = await ask(absent);
    this.met.intrusions += 1;
    const said = JSON.stringify(theirs);
    if (![403, 404].includes(theirs.status) || said !== JSON.stringify(nothing))
      throw new Broken(
        `${person.subject} asks to ${method} ${kind}/…${suffix} of somebody else and is answered ${said}; for nothing at all: ${JSON.stringify(nothing)}`,
      );
  }
}

interface Intrusion {
  person: Person;
  route: (typeof ROUTES)[number];
  id: string;
}

const AT_ONCE = 8;
const WATCHED = PEOPLE.filter(({ role }) => role === 'professional' || role === 'process-manager');
const NOTHING: Seen = {
  ...{ lines: undefined, addresses: [] },
  ids: { signals: [], matches: [], 'match-queue': [], moves: [] },
};
const shown = ({ kind, email, phone }: ShownContact): string => `${kind} ${email} ${phone}`;
