import { IsOptional, IsPositive, IsString } from 'class-validator';
import type { CaughtMail } from '../http/mailbox.js';
import { Unmet, type Stage } from '../stage.js';
import { Names, Texts } from './decorators.js';
import { Step, meantBy, namesIn, sentence, type References } from './step.js';

/** `expect mail`: each of these people has an unread mail with all of this in it. It and the earlier ones then count as read. */
export class ExpectMail extends Step {
  /** Accounts. */
  @Names() to: string[];
  /** Accounts whose name, telephone number and e-mail address are in it; `each other` stands for the other receivers. */
  @IsOptional() @Names() naming?: string[];
  /** Accounts of whom neither name nor telephone number nor e-mail address is in it, but for the name of who is not involved any more. */
  @IsOptional() @Names() 'not naming'?: string[];
  /** Account that it names as matchregisseur. */
  @IsOptional() @IsString() 'led by'?: string;
  /** Name of the receiver's signal, whose number is in it. */
  @IsOptional() @IsString() about?: string;
  @IsOptional() @Texts() containing?: string[];
  @IsOptional() @Texts() 'not containing'?: string[];

  title(): string {
    const parts = [
      this.naming && `naming ${sentence(this.naming)}`,
      this['led by'] && `with ${this['led by']} as matchregisseur`,
      this.containing && `containing “${this.containing.join('”, “')}”`,
    ].filter(Boolean);
    return `mail to ${sentence(this.to)}${parts.length > 0 ? ` ${parts.join(', ')}` : ''}`;
  }

  override refersTo(): References {
    const { naming, 'not naming': notNaming, 'led by': lead, about } = this;
    return {
      accounts: [...this.to, ...namesIn([...(naming ?? []), ...(notNaming ?? [])]), ...(lead ? [lead] : [])],
      signals: about === undefined ? [] : [about],
    };
  }

  async play(stage: Stage): Promise<void> {
    for (const receiver of this.to) {
      const { email } = stage.person(receiver);
      const { wanted, unwanted } = await this.textsFor(stage, receiver);
      await stage.eventually(async () => {
        const mails = await stage.mailbox.unread(email);
        const at = mails.findIndex((mail) => faultsOf(mail, wanted, unwanted).length === 0);
        if (at < 0) throw new Unmet(`${receiver}: ${wrong(mails, wanted, unwanted)}`);
        stage.mailbox.markRead(mails.slice(0, at + 1));
      }, this.within);
    }
  }

  private async textsFor(stage: Stage, receiver: string): Promise<{ wanted: string[]; unwanted: string[] }> {
    const { 'led by': lead, about } = this;
    const named = async (names: string[] = []) =>
      (await Promise.all(meantBy(names, receiver, this.to).map((other) => stage.contactOf(other)))).flatMap(
        ({ name, phone, email }) => [name, phone, email],
      );
    const wanted = [...(this.containing ?? []), ...(await named(this.naming))];
    if (about !== undefined) wanted.push(stage.signal(about).number);
    if (lead !== undefined)
      wanted.push(`Matchregisseur: ${lead === receiver ? 'dat bent u' : stage.person(lead).name}`);
    return { wanted, unwanted: [...(this['not containing'] ?? []), ...(await named(this['not naming']))] };
  }
}

/** What is missing from a mail, and what should not be in it. */
function faultsOf(mail: CaughtMail, wanted: readonly string[], unwanted: readonly string[]): string[] {
  // the name of the matchregisseur stands below the word, as the first of a list, or is marked in a list
  const marked = [...mail.text.matchAll(/^- (.+?), .* \(matchregisseur\)$/gm)].map(
    ([, name]) => `Matchregisseur: ${name}`,
  );
  const text = [mail.subject, mail.text, ...marked].join('\n').replace(/:\s+- /g, ': ');
  // whoever went is named, without how to reach them
  const involved = text.replace(/^Niet meer betrokken: .*(\n- .*)*/m, '');
  return [
    ...wanted.filter((part) => !text.includes(part)).map((part) => `lacks “${part}”`),
    ...unwanted.filter((part) => involved.includes(part)).map((part) => `contains “${part}”`),
  ];
}

function wrong(mails: readonly CaughtMail[], wanted: string[], unwanted: string[]): string {
  const last = mails.at(-1);
  return last
    ? `the last of ${mails.length} unread mails ${sentence(faultsOf(last, wanted, unwanted))}`
    : 'no unread mail';
}

/** `expect no mail`: nothing more is on its way, and these people have no unread mail. */
export class ExpectNoMail extends Step {
  @Names() to: string[];
  /** Seconds during which none may come. */
  @IsOptional() @IsPositive() for?: number;

  title(): string {
    return `no mail to ${sentence(this.to)}`;
  }

  override refersTo(): References {
    return { accounts: this.to };
  }

  async play(stage: Stage): Promise<void> {
    await stage.stays(async () => {
      for (const receiver of this.to) {
        const mails = await stage.mailbox.unread(stage.person(receiver).email);
        const last = mails.at(-1);
        // the second paragraph says what has changed
        if (last) throw new Unmet(`${receiver} got “${last.subject}”: ${last.text.split('\n\n')[1]}`);
      }
    }, this.for);
  }
}

/** `expect nothing`: nobody but these people sees a match, has one to follow up, or got a mail that the story did not mention. */
export class ExpectNothing extends Step {
  static bare = 'for everybody but';

  /** Accounts. */
  @Names() 'for everybody but': string[];

  title(): string {
    return `nobody but ${sentence(this['for everybody but'])} learns anything`;
  }

  override refersTo(): References {
    return { accounts: this['for everybody but'] };
  }

  async play(stage: Stage): Promise<void> {
    await stage.stays(async () => undefined);
    for (const { subject, email, roles } of stage.federation.regions.flatMap(({ accounts }) => accounts)) {
      if (this['for everybody but'].includes(subject)) continue;
      for (const [role, path] of Object.entries({
        professional: 'matches',
        'process-manager': 'match-queue',
      })) {
        if (!roles.includes(role)) continue;
        const seen = await stage.visitor(subject).read<unknown[]>(path);
        if (seen.length > 0) throw new Unmet(`${subject} sees ${seen.length} under ${path}`);
      }
      const mails = await stage.mailbox.unread(email);
      if (mails.length > 0) throw new Unmet(`${subject} got “${mails.at(-1)!.subject}”`);
    }
  }
}
