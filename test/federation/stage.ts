import { setTimeout as sleep } from 'node:timers/promises';
import type { Federation, RunningRegion } from '../../deploy/local/federation.js';
import { Mailbox } from './http/mailbox.js';
import { refusal, Unanswered, Visitor } from './http/visitor.js';

/** What was expected is not there: the message says what was seen instead. */
export class Unmet extends Error {
  override name = 'Unmet';
}

/** What stories need of a federation. */
export type StagedFederation = Pick<
  Federation,
  | 'regions'
  | 'relay'
  | 'brp'
  | 'idp'
  | 'mails'
  | 'part'
  | 'stopPart'
  | 'startPart'
  | 'restartWith'
  | 'clockNow'
  | 'advanceTime'
>;

/** Somebody who can log in. */
export interface Person {
  subject: string;
  name: string;
  email: string;
  roles: string[];
  /** The region's id; absent for the national coordinator. */
  region?: string;
}

/** A signal that a story filed. */
export interface FiledSignal {
  name: string;
  by: Person;
  /** Id of the organisation for which it was filed, of somebody who works for several. */
  for?: string | undefined;
  id: string;
  number: string;
}

/** How to reach somebody, as they see it themselves. */
export interface ContactData {
  name: string;
  function: string;
  organisation: string;
  phone: string;
  email: string;
}

/** What somebody is in an organisation, of `GET /me`. */
interface Designation {
  id: string;
  organisation: { id: string };
}

/** Seconds that an expectation waits at most, where the story says nothing else. */
export const PATIENCE_SECONDS = 120;
/** Seconds during which nothing may turn up, where nothing is expected. */
export const QUIET_SECONDS = 2;
const LOOK_AGAIN_MS = 250;
/** People stay logged in from one story to the next on the same federation. */
const VISITORS = new WeakMap<StagedFederation, Map<string, Visitor>>();

/**
 * A running federation, as a story acts on it: logged-in people, the signals filed so far, the mails, the parts.
 * Everything goes over the public HTTP APIs.
 */
export class Stage {
  readonly mailbox: Mailbox;
  /** The signals of this story by the name that it gave them. */
  readonly signals = new Map<string, FiledSignal>();
  /** Signals without an own name are kept too, so that they can be ended. */
  readonly filed: FiledSignal[] = [];
  /** Parts that the story stopped and did not start again. */
  readonly stopped = new Set<string>();
  /** Regions that the story gave other settings. */
  readonly changed = new Set<string>();
  /** The birth dates that the story gave to persons of the register, by BSN. */
  readonly birthDates = new Map<string, string>();
  /** Whether the story made something happen in the person register. */
  personsChanged = false;
  private readonly visitors: Map<string, Visitor>;
  private readonly contacts = new Map<string, Promise<ContactData>>();

  constructor(readonly federation: StagedFederation) {
    this.mailbox = new Mailbox(federation.mails.url);
    this.visitors = VISITORS.get(federation) ?? new Map<string, Visitor>();
    VISITORS.set(federation, this.visitors);
  }

  /** @throws when nobody has this account */
  person(subject: string): Person {
    const account = this.federation.idp.accounts.find((candidate) => candidate.subject === subject);
    if (!account) throw new Error(`nobody has the account ${subject}`);
    return account;
  }

  /** @throws when the story filed no such signal */
  signal(name: string): FiledSignal {
    const signal = this.signals.get(name);
    if (!signal) throw new Error(`no signal is called ${name}`);
    return signal;
  }

  region(id: string): RunningRegion {
    const region = this.federation.regions.find((candidate) => candidate.id === id);
    if (!region) throw new Error(`no region is called ${id}`);
    return region;
  }

  /** Somebody at the browser, at the program of their own region, or at the relay. */
  visitor(subject: string): Visitor {
    const known = this.visitors.get(subject);
    if (known) return known;
    const { region } = this.person(subject);
    const site = region === undefined ? this.federation.relay.url : this.region(region).url;
    const visitor = new Visitor(site, subject);
    this.visitors.set(subject, visitor);
    return visitor;
  }

  /** The filer of a signal at the browser, who acts for the organisation for which it was filed. */
  async filerOf({ by, for: organisation }: FiledSignal): Promise<Visitor> {
    if (organisation !== undefined) await this.actFor(by.subject, organisation);
    return this.visitor(by.subject);
  }

  /** Has somebody act for one of their organisations from now on. @throws when they do not work for it */
  async actFor(subject: string, organisation: string): Promise<void> {
    const visitor = this.visitor(subject);
    const me = await visitor.read<Designation & { others: Designation[] }>('me');
    const meant = [me, ...me.others].find((each) => each.organisation.id === organisation);
    if (!meant) throw new Error(`${subject} does not work for ${organisation}`);
    if (meant === me) return;
    const answer = await visitor.post('me/_act-as', { professional: meant.id });
    if (answer.status >= 300) throw refusal(`to act for ${organisation}`, answer);
  }

  /** How to reach somebody of a region. */
  contactOf(subject: string): Promise<ContactData> {
    const known = this.contacts.get(subject);
    if (known) return known;
    const asked = this.visitor(subject)
      .read<Omit<ContactData, 'organisation'> & { organisation: { name: string } }>('me')
      .then((me) => ({ ...me, organisation: me.organisation.name }));
    asked.catch(() => this.contacts.delete(subject));
    this.contacts.set(subject, asked);
    return asked;
  }

  /** Looks again and again until what is expected is there. `look` throws `Unmet` while it is not. */
  async eventually<T>(look: () => Promise<T>, seconds = PATIENCE_SECONDS): Promise<T> {
    const deadline = performance.now() + seconds * 1000;
    for (;;) {
      try {
        return await look();
      } catch (error) {
        const mayCome = error instanceof Unmet || error instanceof Unanswered;
        if (!mayCome || performance.now() > deadline) throw error;
      }
      await sleep(LOOK_AGAIN_MS);
    }
  }

  /** Waits until nothing is on its way any more, then makes sure for a while that `look` finds nothing wrong. */
  async stays(look: () => Promise<void>, seconds = QUIET_SECONDS): Promise<void> {
    if (this.stopped.size === 0) await this.settled();
    const until = performance.now() + seconds * 1000;
    do {
      await look();
      await sleep(LOOK_AGAIN_MS);
    } while (performance.now() < until);
  }

  /** Waits until no region waits for the key holders and all messages between regions and relay are confirmed. */
  async settled(seconds = PATIENCE_SECONDS): Promise<void> {
    let quiet = 0;
    await this.eventually(async () => {
      const busy = await this.onItsWay();
      quiet = busy.length === 0 ? quiet + 1 : 0;
      if (quiet < 2) throw new Unmet(`still on its way: ${busy.join(', ') || 'nothing since just now'}`);
    }, seconds);
  }

  private async onItsWay(): Promise<string[]> {
    const nodes = this.federation.regions.map(async ({ id, accounts }) => {
      const operator = accounts.find(({ roles }) => roles.includes('operator'))!;
      const { queued, awaitingSecret } = await this.visitor(operator.subject).read<{
        queued: number;
        awaitingSecret: number;
      }>('federation');
      return [
        ...(queued > 0 ? [`${queued} messages of ${id}`] : []),
        ...(awaitingSecret > 0 ? [`${awaitingSecret} persons of ${id} at the key holders`] : []),
      ];
    });
    const coordinator = this.federation.idp.accounts.find(({ region }) => region === undefined)!;
    const relay = this.visitor(coordinator.subject)
      .read<{ regions: { id: string; queuedForRegion: number }[] }>('regions')
      .then(({ regions }) =>
        regions
          .filter(({ queuedForRegion }) => queuedForRegion > 0)
          .map(({ id, queuedForRegion }) => `${queuedForRegion} messages for ${id}`),
      );
    return (await Promise.all([...nodes, relay])).flat();
  }

  /** Leaves the federation as it was before the story, but for its clock: parts run, signals are ended, mails are read. */
  async leave(): Promise<void> {
    for (const part of this.stopped) await this.federation.startPart(part);
    this.stopped.clear();
    for (const region of this.changed) await this.federation.restartWith(region);
    for (const signal of this.filed)
      await (await this.filerOf(signal)).post(`signals/${signal.id}/_end`, { reason: 'not-justified' });
    if (this.personsChanged) {
      await this.federation.stopPart('person register');
      await this.federation.startPart('person register');
    }
    await this.settled();
    await sleep(QUIET_SECONDS * 1000);
    await this.mailbox.markAllRead();
  }
}
