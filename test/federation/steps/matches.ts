import { IsBoolean, IsIn, IsOptional, IsPositive, IsString } from 'class-validator';
import type { Answer } from '../http/visitor.js';
import { Unmet, type FiledSignal, type Stage } from '../stage.js';
import { IsKind, KINDS, Names, type Kind } from './decorators.js';
import { Request } from './signals.js';
import { Step, meantBy, namesIn, sentence, type References } from './step.js';

interface Involved {
  id: string;
  kind: Kind;
  name: string;
  email: string;
  contactMadeByYou: boolean;
  contactMadeByThem: boolean;
  /** Of what is possibly the same youth. */
  askedToVerify?: boolean;
}

/** A match as the filer of a signal sees it. */
interface SeenMatch {
  signalId: string;
  youLead: boolean;
  matchregisseur: { name: string; email: string; because: string; region: string } | null;
  involved: Involved[];
  possible: Possible[];
  /** Signals in other regions that the filer says are theirs. */
  yourself: { id: string }[];
}

/** What may be a match, before both sides confirmed it. */
interface Possible {
  id: string;
  confirmedByYou: boolean;
  confirmedByThem: boolean;
  askedToVerify: boolean;
}

async function matchOf(stage: Stage, signal: FiledSignal): Promise<SeenMatch | undefined> {
  const matches = await (await stage.filerOf(signal)).read<SeenMatch[]>('matches');
  return matches.find(({ signalId }) => signalId === signal.id);
}

const emailsOf = (stage: Stage, subjects: readonly string[]): string[] =>
  subjects.map((subject) => stage.person(subject).email).sort();

function accountOf(stage: Stage, email: string): string {
  const account = stage.federation.idp.accounts.find((candidate) => candidate.email === email);
  return account?.subject ?? email;
}

/** `expect match`: the filer of each of these signals sees exactly these people in a match of this kind. */
export class ExpectMatch extends Step {
  /** Names of signals. */
  @Names() of: string[];
  @IsKind() kind: Kind;
  /** Accounts; `each other` stands for the filers of the other signals in `of`. */
  @Names() with: string[];
  /** Account of the matchregisseur. */
  @IsOptional() @IsString() 'led by'?: string;
  /** Why that one leads. */
  @IsOptional() @IsIn(['organisation-kind', 'process-manager', 'appointed']) because?: string;
  /** Id of the region that named the matchregisseur. */
  @IsOptional() @IsString() 'named by'?: string;
  /** Seconds during which it must stay so. */
  @IsOptional() @IsPositive() for?: number;

  title(): string {
    const lead = this['led by'];
    const who = `${sentence(this.of)}: ${this.kind} match with ${sentence(this.with)}`;
    return lead === undefined ? who : `${who}, led by ${lead}`;
  }

  override refersTo(): References {
    const { 'led by': lead, 'named by': region } = this;
    return {
      signals: this.of,
      accounts: [...namesIn(this.with), ...(lead === undefined ? [] : [lead])],
      regions: region === undefined ? [] : [region],
    };
  }

  async play(stage: Stage): Promise<void> {
    const signals = this.of.map((name) => stage.signal(name));
    const filers = signals.map(({ by }) => by.subject);
    const look = async (signal: FiledSignal) => {
      const match = await matchOf(stage, signal);
      this.checkInvolved(stage, signal, meantBy(this.with, signal.by.subject, filers), match);
      this.checkLead(stage, signal, match);
    };
    for (const signal of signals) await stage.eventually(() => look(signal), this.within);
    if (this.for === undefined) return;
    await stage.stays(async () => {
      for (const signal of signals) await look(signal);
    }, this.for);
  }

  private checkInvolved(
    stage: Stage,
    { name }: FiledSignal,
    others: string[],
    match: SeenMatch | undefined,
  ): void {
    const seen = (match?.involved ?? []).filter(({ kind }) => kind === this.kind).map(({ email }) => email);
    if (seen.sort().join() === emailsOf(stage, others).join()) return;
    const people = sentence(seen.map((email) => accountOf(stage, email)));
    throw new Unmet(`${name}: expected ${sentence(others)}, saw ${people}`);
  }

  private checkLead(stage: Stage, { name, by }: FiledSignal, match: SeenMatch | undefined): void {
    const { 'led by': lead, 'named by': region, because } = this;
    const seen = match?.matchregisseur;
    if (lead !== undefined) {
      if (seen?.email !== stage.person(lead).email)
        throw new Unmet(`${name}: led by ${seen ? accountOf(stage, seen.email) : 'nobody yet'}`);
      if (match!.youLead !== (lead === by.subject))
        throw new Unmet(`${name}: ${by.subject} is told ${match!.youLead ? '' : 'not '}to lead`);
    }
    if (because !== undefined && seen?.because !== because)
      throw new Unmet(`${name}: the reason for the lead is ${seen?.because ?? 'not given'}`);
    if (region !== undefined && seen?.region !== stage.region(region).name)
      throw new Unmet(`${name}: the lead was named by ${seen?.region ?? 'nobody yet'}`);
  }
}

/** `expect no match`: nothing more is on its way, and these signals have no match. */
export class ExpectNoMatch extends Step {
  @Names() of: string[];
  /** Only of this kind. */
  @IsOptional() @IsKind() kind?: Kind;
  /** Seconds during which none may turn up. */
  @IsOptional() @IsPositive() for?: number;

  title(): string {
    return `${sentence(this.of)}: no ${this.kind ? `${this.kind} ` : ''}match`;
  }

  override refersTo(): References {
    return { signals: this.of };
  }

  async play(stage: Stage): Promise<void> {
    const kinds: readonly Kind[] = this.kind ? [this.kind] : KINDS;
    await stage.stays(async () => {
      for (const name of this.of) {
        const match = await matchOf(stage, stage.signal(name));
        const seen = (match?.involved ?? []).filter(({ kind }) => kinds.includes(kind));
        if (kinds.includes('possibly-same-youth') && (match?.possible ?? []).length > 0)
          throw new Unmet(`${name} has a possible match`);
        const people = sentence(seen.map(({ email }) => accountOf(stage, email)));
        if (seen.length > 0) throw new Unmet(`${name} matches ${people}`);
      }
    }, this.for);
  }
}

/** `expect possible match`: the filers of these signals see that there may be a match, and nothing of whom with. */
export class ExpectPossibleMatch extends Step {
  /** Names of signals. */
  @Names() of: string[];
  /** Whether the filer confirmed it, and whether the other side did. */
  @IsOptional() @IsBoolean() 'confirmed by you'?: boolean;
  @IsOptional() @IsBoolean() 'confirmed by them'?: boolean;

  title(): string {
    return `${sentence(this.of)}: possibly a match`;
  }

  override refersTo(): References {
    return { signals: this.of };
  }

  async play(stage: Stage): Promise<void> {
    for (const name of this.of) await stage.eventually(() => this.look(stage, name), this.within);
  }

  private async look(stage: Stage, name: string): Promise<void> {
    const match = await matchOf(stage, stage.signal(name));
    const [seen, ...more] = match?.possible ?? [];
    if (!seen || more.length > 0)
      throw new Unmet(`${name}: saw ${match?.possible.length ?? 0} possible matches`);
    const { 'confirmed by you': byYou, 'confirmed by them': byThem } = this;
    const right =
      (byYou === undefined || seen.confirmedByYou === byYou) &&
      (byThem === undefined || seen.confirmedByThem === byThem);
    const fields = ['id', 'kind', 'confirmedByYou', 'confirmedByThem', 'askedToVerify'];
    const unexpected = Object.keys(seen).filter((field) => !fields.includes(field));
    if (!right || unexpected.length > 0) throw new Unmet(`${name}: saw ${JSON.stringify(seen)}`);
  }
}

/** `confirm`: the filer of a signal says that what may be a match can be about the same youth. */
export class ConfirmMatch extends Request {
  /** Name of a signal. */
  @IsString() of: string;

  title(): string {
    return `the filer of ${this.of} confirms that it can be the same youth`;
  }

  override refersTo(): References {
    return { signals: [this.of] };
  }

  async ask(stage: Stage): Promise<Answer> {
    const signal = stage.signal(this.of);
    const match = await matchOf(stage, signal);
    const [possible] = match?.possible ?? [];
    if (!possible) throw new Unmet(`${this.of} has no possible match`);
    return (await stage.filerOf(signal)).post(`matches/${possible.id}/_confirm`);
  }
}

/** `expect to verify`: the filer of a signal is asked to verify the BSN, since somebody they match knows it. */
export class ExpectToVerify extends Step {
  @IsString() of: string;

  title(): string {
    return `the filer of ${this.of} is asked to verify the BSN`;
  }

  override refersTo(): References {
    return { signals: [this.of] };
  }

  async play(stage: Stage): Promise<void> {
    await stage.eventually(async () => {
      const match = await matchOf(stage, stage.signal(this.of));
      const asked = [...(match?.involved ?? []), ...(match?.possible ?? [])].some(
        (each) => each.askedToVerify,
      );
      if (!asked) throw new Unmet('nobody asked');
    }, this.within);
  }
}

/** `contact made`: the filer of a signal says to be in contact with somebody. */
export class ContactMade extends Request {
  /** Name of a signal. */
  @IsString() of: string;
  @IsString() with: string;

  title(): string {
    return `the filer of ${this.of} is in contact with ${this.with}`;
  }

  override refersTo(): References {
    return { signals: [this.of], accounts: [this.with] };
  }

  async ask(stage: Stage): Promise<Answer> {
    const signal = stage.signal(this.of);
    const { email } = stage.person(this.with);
    const match = await matchOf(stage, signal);
    const involved = match?.involved.find((candidate) => candidate.email === email);
    if (!involved) throw new Unmet(`${this.of} does not match ${this.with}`);
    return (await stage.filerOf(signal)).post(`matches/${involved.id}/_contact-made`);
  }
}

/** `that is me`: the filer of a signal says that somebody in another region is themselves. */
export class SayThatIsMe extends Request {
  /** Name of a signal. */
  @IsString() of: string;
  /** Account of the other region. */
  @IsString() as: string;

  title(): string {
    return `the filer of ${this.of} says to be ${this.as}`;
  }

  override refersTo(): References {
    return { signals: [this.of], accounts: [this.as] };
  }

  async ask(stage: Stage): Promise<Answer> {
    const signal = stage.signal(this.of);
    const { email } = stage.person(this.as);
    const match = await matchOf(stage, signal);
    const involved = match?.involved.find((candidate) => candidate.email === email);
    if (!involved) throw new Unmet(`${this.of} does not match ${this.as}`);
    return (await stage.filerOf(signal)).post(`matches/${involved.id}/_that-is-me`);
  }
}

/** `that is not me`: the filer of a signal takes back that they are somebody in another region. */
export class SayThatIsNotMe extends Request {
  /** Name of a signal; its filer said it of one other. */
  @IsString() of: string;

  title(): string {
    return `the filer of ${this.of} takes back who they are in another region`;
  }

  override refersTo(): References {
    return { signals: [this.of] };
  }

  async ask(stage: Stage): Promise<Answer> {
    const signal = stage.signal(this.of);
    const [yourself] = (await matchOf(stage, signal))?.yourself ?? [];
    if (!yourself) throw new Unmet(`the filer of ${this.of} is nobody else`);
    return (await stage.filerOf(signal)).post(`matches/${yourself.id}/_that-is-not-me`);
  }
}

/** `expect contact made`: the filer of a signal sees that somebody says to be in contact with them. */
export class ExpectContactMade extends Step {
  @IsString() of: string;
  @IsString() by: string;

  title(): string {
    return `the filer of ${this.of} sees that ${this.by} is in contact with them`;
  }

  override refersTo(): References {
    return { signals: [this.of], accounts: [this.by] };
  }

  async play(stage: Stage): Promise<void> {
    const { email } = stage.person(this.by);
    await stage.eventually(async () => {
      const match = await matchOf(stage, stage.signal(this.of));
      const involved = match?.involved.find((candidate) => candidate.email === email);
      if (!involved) throw new Unmet(`${this.of} does not match ${this.by}`);
      if (!involved.contactMadeByThem) throw new Unmet('no contact was made');
    }, this.within);
  }
}

interface QueuedMatch {
  contactMade: boolean;
  samePerson: { email: string; saidBy: string }[];
  involved: { email: string }[];
}

/** `expect queue`: a process manager has a match with exactly these people to follow up, or, with an empty list, none at all. */
export class ExpectQueue extends Step {
  /** Account of the process manager. */
  @IsString() of: string;
  @Names() with: string[];
  @IsOptional() @IsBoolean() 'contact made'?: boolean;
  /** Account in another region of whom somebody here says to be the same person. */
  @IsOptional() @IsString() 'same person'?: string;

  title(): string {
    const contact = this['contact made'];
    const match = this.with.length === 0 ? 'no match' : `a match of ${sentence(this.with)}`;
    return `${this.of} has ${match} to follow up${contact === undefined ? '' : contact ? ', contact made' : ', no contact made yet'}`;
  }

  override refersTo(): References {
    const same = this['same person'];
    return { accounts: [this.of, ...this.with, ...(same === undefined ? [] : [same])] };
  }

  async play(stage: Stage): Promise<void> {
    if (this.with.length === 0) return stage.stays(() => this.look(stage));
    await stage.eventually(() => this.look(stage), this.within);
  }

  private async look(stage: Stage): Promise<void> {
    const queue = await stage.visitor(this.of).read<QueuedMatch[]>('match-queue');
    const emails = ({ involved }: QueuedMatch) => involved.map(({ email }) => email).sort();
    const shown = queue.map((match) => sentence(emails(match).map((email) => accountOf(stage, email))));
    const wanted = emailsOf(stage, this.with).join();
    const found = queue.find((match) => emails(match).join() === wanted);
    if (this.with.length === 0 ? queue.length > 0 : !found)
      throw new Unmet(`the queue holds ${shown.join('; ') || 'nothing'}`);
    const same = this['same person'];
    if (
      found &&
      same !== undefined &&
      !found.samePerson.some(({ email }) => emailsOf(stage, [same]).includes(email))
    )
      throw new Unmet(`nobody here says to be ${same}`);
    const contact = this['contact made'];
    if (found && contact !== undefined && found.contactMade !== contact)
      throw new Unmet(found.contactMade ? 'contact was made' : 'no contact was made');
  }
}
