import { query } from '../federation/database.js';
import { Mailbox } from '../federation/http/mailbox.js';
import type { Inflicted } from './inflict.js';
import { contentOf, readMail, toldBy, type ReadMail } from './mails.js';
import type { Accepted } from './record.js';
import { othersOf, seenMatches, storedSignals, type SeenMatch, type StoredSignal } from './truth.js';
import type { World } from './world.js';

/** What may be wrong after a run. */
export const WRONGS = [
  'lost',
  'stale',
  'to a wrong region',
  'different mails for one state',
  'repeated mails without a cause',
  'refused without a reason',
  'messages or cards rejected',
] as const;
export type Wrong = (typeof WRONGS)[number];

export interface Checked {
  /** In words, by what is wrong. */
  wrongs: Record<Wrong, string[]>;
  live: number;
  mails: number;
  repeatedMails: number;
  /** Of mails: the last word came from a time that a restored backup undid. */
  overtakenMails: number;
}

/** Compares databases, what people see and all mails with what was accepted. */
export async function check(
  world: World,
  accepted: Accepted,
  inflicted: readonly Inflicted[],
): Promise<Checked> {
  const checker = new Checker(world, accepted, inflicted);
  return checker.run();
}

class Checker {
  private readonly wrongs = Object.fromEntries(WRONGS.map((wrong) => [wrong, [] as string[]])) as Record<
    Wrong,
    string[]
  >;
  private signals: StoredSignal[] = [];
  private seen = new Map<string, SeenMatch>();

  constructor(
    private readonly world: World,
    private readonly accepted: Accepted,
    private readonly inflicted: readonly Inflicted[],
  ) {}

  async run(): Promise<Checked> {
    this.signals = await storedSignals(this.world);
    this.seen = await seenMatches(this.world);
    this.checkSignals();
    for (const signal of this.signals) this.checkMatch(signal);
    for (const region of this.world.targets.regions) await this.checkRegion(region);
    await this.checkRelay();
    for (const [answer, count] of this.accepted.refused)
      this.note('refused without a reason', `${count} × ${answer}`);
    const mails = (await new Mailbox(this.world.federation.mails.url).all()).map(readMail);
    const repeatedMails = this.checkRepeats(mails);
    const overtakenMails = this.checkLastWords(mails);
    return {
      wrongs: this.wrongs,
      live: this.signals.length,
      mails: mails.length,
      repeatedMails,
      overtakenMails,
    };
  }

  private note(wrong: Wrong, text: string): void {
    this.wrongs[wrong].push(text);
  }

  /** Every signal that was accepted is there, and no other. */
  private checkSignals(): void {
    const rest = new Set(this.signals);
    for (const { filer, youth, state, number } of this.accepted.slots) {
      const stored = this.signals.find((signal) => signal.filer === filer && signal.youth === youth);
      if (stored) rest.delete(stored);
      if (state === 'live' && stored?.number !== number)
        this.note('lost', `signal ${number} of ${filer.subject}`);
      if (state === 'none' && stored)
        this.note('stale', `signal ${stored.number} of ${filer.subject} came back`);
    }
    for (const { number } of rest) this.note('stale', `signal ${number} comes from nowhere`);
  }

  /** Its filer sees everybody else who is involved, as they are now, and nobody else. */
  private checkMatch(signal: StoredSignal): void {
    const { number, filer } = signal;
    const involved = [...(this.seen.get(number)?.involved ?? [])];
    for (const { kind, signal: other } of othersOf(signal, this.signals)) {
      const at = involved.findIndex((one) => one.kind === kind && one.email === other.filer.email);
      const [found] = at < 0 ? [] : involved.splice(at, 1);
      if (!found) {
        this.note('lost', `${filer.subject} does not see ${other.filer.subject} (${kind}) at ${number}`);
        continue;
      }
      if (!this.accepted.phonesOf(other.filer).has(found.phone))
        this.note('stale', `${filer.subject} sees an old telephone number of ${other.filer.subject}`);
      if (!this.accepted.contactsOf(filer).has(found.id)) continue;
      // of several signals on brothers and sisters by the same filer it is not known which of them this one is
      const theirs = othersOf(signal, this.signals)
        .filter((one) => one.kind === kind && one.signal.filer === other.filer)
        .flatMap((one) => this.seen.get(one.signal.number)?.involved ?? []);
      if (!found.contactMadeByYou)
        this.note('lost', `contact of ${filer.subject} with ${other.filer.subject}`);
      else if (!theirs.some((one) => one.email === filer.email && one.contactMadeByThem))
        this.note('lost', `${other.filer.subject} does not know of the contact with ${filer.subject}`);
    }
    for (const { email } of involved)
      if (this.hadSignalOn(email, signal.youth.family))
        this.note('stale', `${filer.subject} still sees ${email} at ${number}`);
      else this.note('to a wrong region', `${filer.subject} sees ${email} at ${number}`);
    if (this.leadOf(signal) === undefined && othersOf(signal, this.signals).length > 0)
      this.note('lost', `nobody leads in the match of ${number}`);
  }

  private leadOf({ number }: StoredSignal): string | undefined {
    const match = this.seen.get(number);
    return match?.youLead ? 'you' : match?.matchregisseur?.email;
  }

  private hadSignalOn(email: string, family: number): boolean {
    return this.accepted.deeds.some(
      ({ what, filer, youth }) => what === 'filed' && filer.email === email && youth.family === family,
    );
  }

  /** Handles stand for persons with a signal or in the archive, matches for pairs of the relay's, and nothing was refused. */
  private async checkRegion(region: string): Promise<void> {
    const url = this.world.federation.postgres.urlOf(region);
    const shared = `select youth_id from signal where shared_at is not null`;
    const persons = `(select 'youth' as role, bsn_index as person from youth where bsn_index is not null and id in (${shared})
      union select 'parent', parent_index from youth_parent where youth_id in (${shared})
      union select 'described', d.description_index from signal_description d join signal s on s.id = d.signal_id
        where s.shared_at is not null
      union select 'archive', youth_index from archived_signal)`;
    const handles = `(select role, person_index from handle where ended_at is null and secret is not null)`;
    await this.compare('lost', `persons of ${region} without a handle`, url, `${persons} except ${handles}`);
    await this.compare('stale', `handles of ${region} of nobody`, url, `${handles} except ${persons}`);
    await this.compare(
      'stale',
      `ended handles of ${region}`,
      url,
      `select from handle where ended_at is not null`,
    );
    await this.checkRejected(region, url, ``);
    await this.compare(
      'messages or cards rejected',
      `cards that do not open at ${region}`,
      url,
      `select from federated_match where in_unopenable > 0 or out_outcome = 'unopenable'`,
    );
    const tags = await this.tagsAndMatchesOf(region);
    const own = {
      handles: await this.texts(url, `select encode(handle, 'hex') as text from handle`),
      matches: await this.texts(url, `select match_id as text from federated_match`),
    };
    this.differ(own.handles, tags.handles, `tags of ${region} at the relay`);
    this.differ(tags.matches, own.matches, `matches of the relay at ${region}`);
  }

  private async tagsAndMatchesOf(region: string): Promise<{ handles: string[]; matches: string[] }> {
    const url = this.world.federation.postgres.urlOf(this.world.targets.relay);
    return {
      handles: await this.texts(url, `select encode(handle, 'hex') as text from tag where region = $1`, [
        region,
      ]),
      matches: await this.texts(
        url,
        `select translate(rtrim(encode(match_id, 'base64'), '='), '+/', '-_') as text from match
         where region_a = $1 or region_b = $1`,
        [region],
      ),
    };
  }

  /** Whatever has equal tags is a match, and nothing else. */
  private async checkRelay(): Promise<void> {
    const url = this.world.federation.postgres.urlOf(this.world.targets.relay);
    const pairs = `(select a.region as region_a, a.handle as handle_a, b.region as region_b, b.handle as handle_b
      from tag a join tag b on b.peppered_tag = a.peppered_tag and b.epoch = a.epoch and a.region < b.region
      where not a.archived and not b.archived)`;
    const matches = `(select region_a, handle_a, region_b, handle_b from match)`;
    await this.compare('lost', 'equal tags that the relay did not match', url, `${pairs} except ${matches}`);
    await this.compare('stale', 'matches of the relay without tags', url, `${matches} except ${pairs}`);
    // a card may cross the end of its match, an answer of an archive that of its question
    await this.checkRejected('the relay', url, `where reason not in ('unknown-match', 'unasked-answer')`);
  }

  private async checkRejected(receiver: string, url: string, where: string): Promise<void> {
    const reasons = await query<{ peer: string; reason: string; count: string }>(
      url,
      `select peer, reason, sum(count) as count from rejected_message ${where} group by peer, reason`,
    );
    for (const { peer, reason, count } of reasons)
      this.note('messages or cards rejected', `${count} × ${reason}: from ${peer} to ${receiver}`);
  }

  private async compare(wrong: Wrong, what: string, url: string, sql: string): Promise<void> {
    const [row] = await query<{ count: string }>(url, `select count(*) from (${sql}) as found`);
    if (row!.count !== '0') this.note(wrong, `${row!.count} × ${what}`);
  }

  private async texts(url: string, sql: string, parameters: unknown[] = []): Promise<string[]> {
    return (await query<{ text: string }>(url, sql, parameters)).map(({ text }) => text);
  }

  private differ(should: readonly string[], are: readonly string[], what: string): void {
    const lost = should.filter((text) => !are.includes(text)).length;
    const stale = are.filter((text) => !should.includes(text)).length;
    if (lost > 0) this.note('lost', `${lost} × ${what}`);
    if (stale > 0) this.note('stale', `${stale} × ${what}`);
  }

  /** One Message-ID is one text; it comes twice only when something happened between mail server and database. */
  private checkRepeats(mails: readonly ReadMail[]): number {
    let repeats = 0;
    for (const [messageId, copies] of grouped(mails, ({ messageId }) => messageId)) {
      const [first, ...more] = copies as [ReadMail, ...ReadMail[]];
      repeats += more.length;
      for (const copy of more) {
        if (copy.text !== first.text || copy.to !== first.to)
          this.note('different mails for one state', `${messageId} to ${copy.to}: ${inOrder([first, copy])}`);
        if (!this.mayRepeat(first, copy)) this.note('repeated mails without a cause', messageId);
      }
    }
    return repeats;
  }

  private mayRepeat(first: ReadMail, copy: ReadMail): boolean {
    return (
      this.restored(first.sender, first.receivedAt, copy.receivedAt) ||
      this.sendingWasHit(first.sender, first.receivedAt - BEFORE_MS, first.receivedAt + AFTER_MS)
    );
  }

  private restored(region: string, after: number, before: number): boolean {
    return this.inflicted.some(
      ({ kind, target, from, until }) =>
        kind === 'backup restored' && target === region && from < before && until > after,
    );
  }

  /** Whether something happened between the mail server of a region and its database, so that a mail may have left unnoticed. */
  private sendingWasHit(region: string, after: number, before: number): boolean {
    const { database } = this.world.targets;
    return this.inflicted.some(
      ({ kind, target, to, from, until }) =>
        kind !== 'backup restored' &&
        (target === database || (target === region && to !== 'hub')) &&
        from < before &&
        until > after,
    );
  }

  /** The last mail about a signal tells what is so; what was told before a backup and undone by it may stand. */
  private checkLastWords(mails: readonly ReadMail[]): number {
    let overtaken = 0;
    for (const { to, sender, numbers, text } of mails)
      if (!to.endsWith(`@${sender}.voorbeeld.example`))
        this.note('to a wrong region', `mail about ${numbers[0] ?? text.slice(0, 20)} to ${to}`);
    const bySignal = mails.flatMap((mail) => mail.numbers.map((number) => ({ number, mail })));
    const about = grouped(bySignal, ({ number, mail }) => `${mail.to} ${number}`);
    for (const signal of this.signals) {
      const slot = this.accepted.slots.find(
        ({ filer, youth }) => filer === signal.filer && youth === signal.youth,
      );
      const told = (about.get(`${signal.filer.email} ${signal.number}`) ?? [])
        .map(({ mail }) => mail)
        .filter(({ receivedAt }) => receivedAt >= (slot?.since ?? 0));
      this.checkNames(signal, told);
      this.checkRetold(signal, told);
      const last = told.at(-1);
      const together = this.signals.filter(({ number }) => last?.numbers.includes(number));
      const should = this.shouldBeTold(together.length > 0 ? together : [signal]);
      if ((last ? toldBy(last) : 'nobody') === should) continue;
      if (last && this.undoneLater(signal.filer.region, last.receivedAt)) overtaken += 1;
      else
        this.note(
          'lost',
          `mail to ${signal.filer.subject} about ${signal.number}: ${should} is so, and told was ${inOrder(told)}`,
        );
    }
    return overtaken;
  }

  /** What one mail about these signals of one filer should tell: each person once, as what they are closest to. */
  private shouldBeTold(signals: readonly StoredSignal[]): string {
    const others = signals.flatMap((signal) => othersOf(signal, this.signals));
    const emails = (kind: string) => [
      ...new Set(
        others
          .filter((other) => other.kind === kind)
          .map((other) => other.signal.filer.email)
          .sort(),
      ),
    ];
    const sameYouth = emails('same-youth');
    const lead = signals.map((signal) => this.leadOf(signal)).find((email) => email !== undefined);
    return toldBy({
      sameYouth,
      siblings: emails('sibling').filter((email) => !sameYouth.includes(email)),
      ...(lead ? { lead } : {}),
    });
  }

  private checkNames(signal: StoredSignal, told: readonly ReadMail[]): void {
    for (const email of new Set(told.flatMap(({ sameYouth, siblings }) => [...sameYouth, ...siblings])))
      if (!this.hadSignalOn(email, signal.youth.family))
        this.note('to a wrong region', `mail about ${signal.number} names ${email}`);
  }

  /**
   * The same is not told twice in a row under two Message-IDs, unless somebody in it filed anew in between, or a mail with something else may
   * have left in between unnoticed: then nobody knows which is the last that the receiver read.
   */
  private checkRetold({ filer, youth, number }: StoredSignal, told: readonly ReadMail[]): void {
    const firsts = told.filter(
      (mail, at) => told.findIndex(({ messageId }) => messageId === mail.messageId) === at,
    );
    for (const [at, mail] of firsts.entries()) {
      const before = firsts[at - 1];
      if (!before || contentOf(before) !== contentOf(mail)) continue;
      const filings = (email: string) =>
        this.accepted.deeds.filter(
          (deed) => deed.what === 'filed' && deed.filer.email === email && deed.youth.family === youth.family,
        ).length;
      const filedAnew = [...mail.sameYouth, ...mail.siblings].some((email) => filings(email) > 1);
      const undone = this.accepted.undone.some(
        ({ region, restoredAt }) => region === filer.region && restoredAt > before.receivedAt,
      );
      const isUncertain = this.sendingWasHit(filer.region, before.receivedAt - BEFORE_MS, mail.receivedAt);
      if (!filedAnew && !undone && !isUncertain)
        this.note(
          'different mails for one state',
          `two to ${filer.subject} about ${number} in ${mail.receivedAt - before.receivedAt} ms: ${toldBy(mail)}`,
        );
    }
  }

  private undoneLater(region: string, receivedAt: number): boolean {
    return this.accepted.undone.some(
      (undone) => undone.region === region && undone.takenAt < receivedAt && undone.restoredAt > receivedAt,
    );
  }
}

const inOrder = (told: readonly ReadMail[]): string =>
  told.map((mail) => `${toldBy(mail)} at ${new Date(mail.receivedAt).toISOString()}`).join(', then ') ||
  'nothing';

/** How long before a mail came in, and after, something must have happened to be the cause that it came twice. */
const BEFORE_MS = 5_000;
const AFTER_MS = 15_000;

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
