import { NATIONAL_COORDINATOR } from '../../deploy/local/demo.js';
import { type Federation } from '../../deploy/local/federation.js';
import { currentRegister } from '../../deploy/local/plan.js';
import { type LogEntry } from '../../deploy/local/processes.js';
import { type Stage, Unmet } from '../federation/stage.js';
import { ExpectMail, ExpectNoMail } from '../federation/steps/mails.js';
import { ContactMade, ExpectContactMade, ExpectMatch, ExpectNoMatch } from '../federation/steps/matches.js';
import { EndSignal, ExpectSignals, FileSignal } from '../federation/steps/signals.js';
import { type Step } from '../federation/steps/step.js';
import { unrelatedYouths, type KnownYouth } from '../federation/youths.js';

/** Who files, in three regions, all on the same youths. */
const FILERS = { mn: 'mn-leerkracht', jm: 'jm-jeugdteam', rm: 'rm-wijkteam' } as const;
type Place = keyof typeof FILERS;
const REGIONS: Record<Place, string> = { mn: 'midden-nederland', jm: 'jeugdmatch', rm: 'rijnmond' };
const OPERATORS = ['mn-beheerder', 'jm-beheerder', 'rm-beheerder'];

/** Against what never comes. Key holders look for a newer register twice a minute, and the machine may be busy. */
const PATIENCE_SECONDS = 300;

/** Log events that say that a party did not take what another sent, or lost something. */
const TROUBLE = [
  'alarm-raised',
  'archive-answer-unopenable',
  'batch-failed',
  'card-unopenable',
  'evaluation-refused',
  'key-holder-refused',
  'letter-refused',
  'matches-ended-stale',
  'memory-recovered',
  'message-rejected',
  'our-card-unopenable',
  'register-refused',
  'roll-refused',
];
/** What is also refused when nothing is wrong: a card may be under way when its match ends, an inventory when its receiver leaves. */
const INNOCENT = ['unknown-match', 'unknown-receiver'];
/** By which relay and key holders refuse what was under way from a region when it was suspended. */
const SUSPENDED = ['wrong-signature', 'not-admitted'];

/** Signals of different regions on one youth. */
interface Group {
  signals: string[];
  /** Whether all say to be in contact with each other. */
  inContact: boolean;
}

/** Professionals of neighbouring regions, who file on the same youths; everything over the public APIs and the mails. */
export class Neighbours {
  private readonly youths = unrelatedYouths();
  /** The signals that must be there, with their matches. */
  private readonly groups: Group[] = [];
  private filed = 0;
  private anySuspended = false;

  constructor(
    private readonly stage: Stage,
    private readonly federation: Federation,
    private readonly logs: readonly { program: string; entry: LogEntry }[],
    /** What runs the old release still. */
    private readonly old: Set<string>,
  ) {}

  /** Two file, find each other, are mailed about each other, and say to be in contact. */
  async meet(first: Place, second: Place): Promise<void> {
    const youth = this.nextYouth();
    const signals = [await this.file(first, youth), await this.file(second, youth)];
    await this.mailed(signals);
    for (const [own, other] of [signals, signals.toReversed()] as [string, string][]) {
      const account = this.filerOf(other);
      await this.play(ContactMade, { of: own, with: account });
      await this.play(ExpectContactMade, { of: other, by: this.filerOf(own) });
    }
    this.groups.push({ signals, inContact: true });
  }

  /** Two match; when one ends, the match ends at both, and the other is mailed. */
  async part(ending: Place, staying: Place): Promise<void> {
    const youth = this.nextYouth();
    const signals = [await this.file(ending, youth), await this.file(staying, youth)] as const;
    await this.mailed(signals);
    await this.stage.settled(PATIENCE_SECONDS);
    await this.play(EndSignal, { signal: signals[0], reason: 'not-justified' });
    await this.play(ExpectNoMatch, { of: [signals[1]] });
    await this.play(ExpectMail, { to: [FILERS[staying]], about: signals[1], containing: ['beëindigd'] });
    this.groups.push({ signals: [signals[1]], inContact: false });
  }

  /**
   * One region is suspended, then another instead, then none. Who takes part matches meanwhile, the suspended one does not;
   * in the end all match, and every program has the last register.
   */
  async suspendInTurn(one: Place, other: Place, third: Place): Promise<void> {
    this.anySuspended = true;
    const waiting: string[][] = [];
    for (const [suspended, active] of [
      [one, other],
      [other, one],
    ] as const) {
      await this.changeStates({ [suspended]: 'suspended', [active]: 'admitted' });
      await this.follow([REGIONS[active], REGIONS[third], 'relay']);
      const youth = this.nextYouth();
      const away = await this.file(suspended, youth);
      const present = [await this.file(active, youth), await this.file(third, youth)];
      waiting.push([away, ...present]);
      this.groups.push({ signals: [away, ...present], inContact: false });
      await this.mailed(present);
    }
    await this.changeStates({ [other]: 'admitted' });
    for (const signals of waiting) await this.mailed(signals);
    await this.follow([
      ...Object.values(REGIONS),
      'relay',
      ...this.federation.keyHolders.map(({ part }) => part),
    ]);
  }

  /**
   * Stops a program, and starts the present build on its data. A match of which one side files before and the other meanwhile is
   * found; nobody is mailed about anything else.
   */
  async upgrade(program: string): Promise<void> {
    const [stays, goes] = program === REGIONS.jm ? (['mn', 'jm'] as const) : (['jm', 'mn'] as const);
    const youth = this.nextYouth();
    await this.stage.settled(PATIENCE_SECONDS);
    await this.stage.mailbox.markAllRead();
    const before = await this.file(goes, youth);
    await this.federation.stopPart(program);
    this.federation.runFrom(program);
    this.old.delete(program);
    const meanwhile = await this.file(stays, youth);
    await this.federation.startPart(program);
    await this.mailed([before, meanwhile]);
    this.groups.push({ signals: [before, meanwhile], inContact: false });
    await this.nothingIsLost();
    // a region of release 0.1.0 names who leads before it knows the other side's signals, and then another
    const correctsLeads = Object.values(REGIONS).some((region) => this.old.has(region));
    if (correctsLeads) await this.stage.mailbox.markAllRead();
    else await this.play(ExpectNoMail, { to: Object.values(FILERS) });
  }

  /** All signals are there and no others, with their matches and contacts, and nobody was mailed the same twice. */
  async nothingIsLost(): Promise<void> {
    const kept = this.groups.flatMap(({ signals }) => signals);
    for (const account of Object.values(FILERS))
      await this.play(ExpectSignals, {
        of: account,
        are: kept.filter((name) => this.filerOf(name) === account),
      });
    for (const { signals, inContact } of this.groups) {
      if (signals.length === 1) await this.play(ExpectNoMatch, { of: signals, for: 0.1 });
      else await this.match(signals);
      const [one, other] = signals as [string, string];
      if (!inContact) continue;
      await this.play(ExpectContactMade, { of: one, by: this.filerOf(other) });
      await this.play(ExpectContactMade, { of: other, by: this.filerOf(one) });
    }
    const ids = (await this.stage.mailbox.all()).map(({ messageId }) => messageId);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
  }

  /** Nobody refused or could not open what another sent, and nothing alarms the coordinator. */
  async nothingIsWrong(): Promise<void> {
    const innocent = this.anySuspended ? [...INNOCENT, ...SUSPENDED] : INNOCENT;
    const troubles = this.logs.filter(
      ({ entry }) => TROUBLE.includes(String(entry.event)) && !innocent.includes(String(entry.reason)),
    );
    expect(troubles).toEqual([]);
    for (const operator of OPERATORS) {
      const page = await this.stage
        .visitor(operator)
        .read<{ cardRepairs: { sentAgain: number; ended: number }[] }>('federation');
      expect(page).toMatchObject({ rejectedMessages: 0, unopenableCards: 0, lostPersons: 0 });
      // cards that were under way at a suspension were dropped, and are sent again
      const repairs = page.cardRepairs.filter(({ ended }) => ended > 0 || !this.anySuspended);
      expect(repairs).toEqual([]);
    }
    await this.stage.eventually(async () => {
      const { alarms } = await this.stage
        .visitor(NATIONAL_COORDINATOR.subject)
        .read<{ alarms: { kind: string; party: string }[] }>('alarms');
      // the relay counts those towards an alarm; which they are, the logs have told
      const [alarm] = alarms.filter(({ kind }) => !(this.anySuspended && kind === 'messages-rejected'));
      if (alarm) throw new Unmet(`alarm: ${alarm.kind} ${alarm.party}`);
    }, PATIENCE_SECONDS);
  }

  private nextYouth(): KnownYouth {
    const youth = this.youths.shift();
    if (!youth) throw new Error('there are no more youths');
    return youth;
  }

  private async file(place: Place, youth: KnownYouth): Promise<string> {
    const name = `${place} ${++this.filed}`;
    // release 0.1.0 calls the question whether somebody was informed otherwise
    const extra = this.old.has(REGIONS[place]) ? { informed: undefined, parentsInformed: 'yes' } : {};
    await this.play(FileSignal, { who: FILERS[place], youth, as: name, extra });
    return name;
  }

  private match(signals: readonly string[]): Promise<void> {
    const of = [...signals];
    return this.play(ExpectMatch, { of, kind: 'same-youth', with: ['each other'] });
  }

  /** These match, and each filer is mailed whom with. */
  private async mailed(signals: readonly string[]): Promise<void> {
    await this.match(signals);
    for (const about of signals) {
      const naming = signals.filter((name) => name !== about).map((name) => this.filerOf(name));
      await this.play(ExpectMail, { to: [this.filerOf(about)], naming, about });
    }
  }

  private filerOf(signal: string): string {
    return this.stage.signal(signal).by.subject;
  }

  private async changeStates(states: Partial<Record<Place, 'admitted' | 'suspended'>>): Promise<void> {
    const byId = new Map(Object.entries(states).map(([place, state]) => [REGIONS[place as Place], state]));
    await this.federation.changeRegister(({ regions }) => ({
      regions: regions.map((region) => ({ ...region, state: byId.get(region.id) ?? region.state })),
    }));
  }

  /** Waits until these programs have accepted the register in force. */
  private follow(programs: readonly string[]): Promise<void> {
    const { version } = currentRegister(this.federation.planFolder, this.federation.plan);
    return this.stage.eventually(async () => {
      const behind = programs.filter(
        (name) =>
          !this.logs.some(
            ({ program, entry }) =>
              program === name && entry.event === 'register-accepted' && entry.version === version,
          ),
      );
      if (behind.length > 0) throw new Unmet(`without version ${version}: ${behind.join(', ')}`);
    }, PATIENCE_SECONDS);
  }

  private play<S extends Step>(type: new () => S, fields: Partial<S>): Promise<void> {
    return Object.assign(new type(), { within: PATIENCE_SECONDS }, fields).play(this.stage);
  }
}
