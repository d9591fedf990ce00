import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { SeededChoice } from '../../apps/brp-simulator/population/random.js';
import { inShort, Unanswered, Visitor, type Answer } from '../federation/http/visitor.js';
import type { FamilyYouth } from './families.js';
import type { Accepted, Slot } from './record.js';
import type { Cast, Filer } from './regions.js';

/** How many signals each filer has at a time, about. */
const SIGNALS_EACH = 5;
const PAUSE_MS = [600, 2_400] as const;
const CHANGE_PAUSE_MS = [4_000, 12_000] as const;

/** A request without an answer may still be carried out for so long: until then the same is not touched again. */
const QUIET_MS = 60_000;
const isQuiet = ({ triedAt = 0 }: Slot): boolean => Date.now() - triedAt < QUIET_MS;

interface SeenMatch {
  involved: { id: string; contactMadeByYou: boolean }[];
}

/**
 * People at work in all regions, over the public API with real logins: each files signals, ends them, files again, says to be in
 * contact; coordinators change telephone numbers. Each does one thing after the other, and writes down the answers. What was not
 * answered is tried again after a while, as people do.
 */
export class Load {
  private readonly workers: Promise<void>[] = [];
  private readonly gates = new Map<string, { closed?: Promise<void>; busy: Set<Promise<void>> }>();
  private readonly ended = new AbortController();

  constructor(
    private readonly urlOf: (region: string) => string,
    private readonly casts: readonly Cast[],
    private readonly youths: readonly FamilyYouth[],
    private readonly accepted: Accepted,
    private readonly seed: number,
  ) {}

  start(): void {
    setMaxListeners(0, this.ended.signal);
    let seed = this.seed;
    for (const cast of this.casts) {
      this.gates.set(cast.region, { busy: new Set() });
      for (const filer of cast.filers) this.workers.push(this.work(filer, new SeededChoice(++seed)));
      this.workers.push(this.coordinate(cast, new SeededChoice(++seed)));
    }
  }

  /** Lets everybody end what they are at. */
  async stop(): Promise<void> {
    this.ended.abort();
    await Promise.all(this.workers);
  }

  /** Runs `work` while nobody asks anything of a region. */
  async withoutRequests<T>(region: string, work: () => Promise<T>): Promise<T> {
    const gate = this.gates.get(region);
    if (!gate) return work();
    let open = () => {};
    gate.closed = new Promise((resolve) => (open = resolve));
    try {
      while (gate.busy.size > 0) await Promise.all(gate.busy);
      return await work();
    } finally {
      gate.closed = undefined;
      open();
    }
  }

  private async work(filer: Filer, choice: SeededChoice): Promise<void> {
    const visitor = new Visitor(this.urlOf(filer.region), filer.subject);
    await this.repeat(filer.region, PAUSE_MS, choice, async () => {
      const slots = this.youths.map((youth) => this.accepted.slot(filer, youth));
      const mine = slots.filter((slot) => slot.state !== 'none' && !isQuiet(slot));
      const unsure = mine.filter(({ state }) => state === 'unknown');
      if (unsure.length > 0 && choice.chance(0.4)) return this.file(visitor, choice.of(unsure));
      if (mine.length > 0 && choice.chance(0.15)) return this.makeContact(visitor, filer, choice);
      if (mine.length > 0 && choice.chance(mine.length / (2 * SIGNALS_EACH)))
        return this.end(visitor, choice.of(mine));
      return this.file(visitor, choice.of(slots.filter((slot) => !isQuiet(slot))));
    });
  }

  private async coordinate({ region, coordinator, filers }: Cast, choice: SeededChoice): Promise<void> {
    const visitor = new Visitor(this.urlOf(region), coordinator);
    let n = 0;
    let triedAt = 0;
    await this.repeat(region, CHANGE_PAUSE_MS, choice, async () => {
      if (Date.now() - triedAt < QUIET_MS) return;
      const colleagues = await visitor.get('professionals').catch(() => undefined);
      if (colleagues?.status !== 200) return;
      const { professionals } = colleagues.body as { professionals: { id: string; email: string }[] };
      const filer = choice.of(
        filers.filter(({ email }) => professionals.some((person) => person.email === email)),
      );
      const { id } = professionals.find(({ email }) => email === filer.email)!;
      const phone = `000-${String(++n).padStart(7, '0')}`;
      const answer = await this.ask(() => this.changePhone(visitor, filer, id, phone));
      if (answer === undefined) triedAt = Date.now();
      if (answer === undefined || answer.status === 200)
        this.accepted.phoneChanged(filer, phone, answer !== undefined);
      else this.accepted.refusal(`change: ${inShort(answer)}`);
    });
  }

  /** The coordinator enters another number, and its owner confirms it: from then on others see it. */
  private async changePhone(visitor: Visitor, filer: Filer, id: string, phone: string): Promise<Answer> {
    const entered = await visitor.patch(`professionals/${id}`, { phone });
    if (entered.status !== 200) return entered;
    const owner = new Visitor(this.urlOf(filer.region), filer.subject);
    const me = await owner.get('me');
    const [change] = (me.body as { contactChanges?: { id: string }[] }).contactChanges ?? [];
    if (!change) return me;
    const confirmed = await owner.post(`contact-changes/${change.id}/_confirm`, {});
    return confirmed.status === 204 ? { ...confirmed, status: 200 } : confirmed;
  }

  private async file(visitor: Visitor, slot: Slot): Promise<void> {
    const { bsn, birthDate } = slot.youth;
    const at = Date.now();
    const answer = await this.ask(() =>
      visitor.post('signals', { youth: { bsn, birthDate }, informed: 'yes' }),
    );
    if (answer === undefined) return this.accepted.notAnswered(slot, at, 'filed');
    const { id, number, signal } = answer.body as { id: string; number: string; signal: string };
    if (answer.status === 201) {
      if (slot.state === 'live')
        this.accepted.refusal('file: a signal that was accepted before is not there');
      this.accepted.filed(slot, at, number, id);
    } else if (answer.status === 409 && slot.mayEndAgain === signal) {
      this.accepted.leaveAlone(slot);
    } else if (answer.status === 409) {
      if (slot.state === 'none') this.accepted.refusal('file: a signal that was ended before is there');
      this.accepted.found(slot, signal);
    } else this.accepted.refusal(`file: ${inShort(answer)}`);
  }

  private async end(visitor: Visitor, slot: Slot): Promise<void> {
    const id = slot.id ?? (await this.idOf(visitor, slot));
    if (id === undefined) return;
    const at = Date.now();
    const answer = await this.ask(() => visitor.post(`signals/${id}/_end`, { reason: 'risk-gone' }));
    if (answer === undefined) this.accepted.notAnswered(slot, at, 'ended');
    else if (answer.status === 204) this.accepted.ended(slot, at);
    else if (answer.status === 404 && slot.state === 'unknown') this.accepted.gone(slot);
    else this.accepted.refusal(`end: ${inShort(answer)}`);
  }

  private async idOf(visitor: Visitor, slot: Slot): Promise<string | undefined> {
    const answer = await visitor.get('signals').catch(() => undefined);
    if (answer?.status !== 200) return undefined;
    const { signals } = answer.body as { signals: { id: string; number: string }[] };
    return (slot.id = signals.find(({ number }) => number === slot.number)?.id);
  }

  private async makeContact(visitor: Visitor, filer: Filer, choice: SeededChoice): Promise<void> {
    const seen = await visitor.get('matches').catch(() => undefined);
    if (seen?.status !== 200) return;
    const others = (seen.body as SeenMatch[]).flatMap(({ involved }) => involved);
    const silent = others.filter(({ contactMadeByYou }) => !contactMadeByYou);
    if (silent.length === 0) return;
    const { id } = choice.of(silent);
    const answer = await this.ask(() => visitor.post(`matches/${id}/_contact-made`));
    if (answer === undefined) this.accepted.unanswered += 1;
    else if (answer.status === 204) this.accepted.contactMade(filer, id);
    // the match may have ended since it was seen
    else if (answer.status !== 404) this.accepted.refusal(`contact: ${inShort(answer)}`);
  }

  /**
   * An answer that says what happened; undefined when there is none, or only that something is broken.
   * @throws NobodyThere when nothing can have happened
   */
  private async ask(request: () => Promise<Answer>): Promise<Answer | undefined> {
    try {
      const answer = await request();
      return answer.status >= 500 ? undefined : answer;
    } catch (error) {
      if (wasNotReached(error)) throw new NobodyThere();
      return undefined;
    }
  }

  private async repeat(
    region: string,
    [least, most]: readonly [number, number],
    choice: SeededChoice,
    act: () => Promise<void>,
  ): Promise<void> {
    const gate = this.gates.get(region)!;
    for (;;) {
      await sleep(choice.between(least, most), undefined, { signal: this.ended.signal }).catch(() => {});
      while (gate.closed) await gate.closed;
      if (this.ended.signal.aborted) return;
      const acting = act().catch((error: unknown) => {
        if (!(error instanceof NobodyThere)) throw error;
      });
      gate.busy.add(acting);
      await acting.finally(() => gate.busy.delete(acting));
    }
  }
}

/** The program was not there, so it was not asked either. */
class NobodyThere extends Error {}

function wasNotReached(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if ((cause as NodeJS.ErrnoException).code === 'ECONNREFUSED') return error instanceof Unanswered;
  return false;
}
