import { createHash } from 'node:crypto';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Clock, SECOND } from '#libs/clock';
import { Loop } from '#libs/loop';
import { errorKind, ProgramLogger } from '#libs/observability';
import { DataSource, In, type EntityManager } from 'typeorm';
import { Audit, SYSTEM } from '../audit/index.js';
import { RegionalNodeConfig } from '../config.js';
import { Covenants, namedInMail } from '../covenant/index.js';
import { Registers } from '../federation/index.js';
import { MailQueue, MailSender } from '../mails/index.js';
import { matchMail, type ToldMatch } from './match-mail.js';
import { MatchNotice, UNCERTAIN } from './match-notice.entity.js';
import { MatchNotices, type Notice } from './match-notices.js';
import { keyOf } from './match-picture.types.js';

const PAUSE = SECOND;

/** A row with what it says, and what the last mail said. */
interface Row {
  row: MatchNotice;
  state: Notice;
  told?: Notice;
}

/**
 * Mails people about their matches: what has changed since the last mail, with everybody who is involved now.
 *
 * Matches that share somebody are told together, so that nobody is named twice: how often would tell how many brothers and sisters there
 * are. So are those of one person under several designations: the mail goes to the address of the first signal. The first mail leaves at once; what changes within `MAIL_COLLECT_SECONDS` after a mail is one mail. One without the name of the
 * matchregisseur waits for it for `LEAD_PATIENCE_SECONDS`. What changes back before a mail has left is not told.
 *
 * Rows that a filing or a card is changing are skipped, and told a moment later. Several instances may do this at once.
 */
@Injectable()
export class MatchMails implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly loop = new Loop(
    () => this.tellAll(),
    PAUSE,
    (error) => this.logger.warning('match-mails-failed', { error: errorKind(error) }),
  );

  constructor(
    private readonly dataSource: DataSource,
    private readonly notices: MatchNotices,
    private readonly mails: MailQueue,
    private readonly sender: MailSender,
    private readonly covenants: Covenants,
    private readonly registers: Registers,
    private readonly audit: Audit,
    private readonly config: RegionalNodeConfig,
    private readonly clock: Clock,
    private readonly logger: ProgramLogger,
  ) {}

  onApplicationBootstrap(): void {
    this.loop.wake();
  }

  onApplicationShutdown(): Promise<void> {
    return this.loop.stop();
  }

  /** Looks now instead of within a second: call it after a commit that changed what people are to know. */
  wake(): void {
    this.loop.wake();
  }

  /** Queues the mails that are due. */
  async tellAll(): Promise<void> {
    const receivers = await this.dataSource.query<{ ids: string[] }[]>(MAY_BE_DUE, [
      this.clock.now(),
      this.config.leadPatienceSeconds,
      this.config.mailCollectSeconds,
    ]);
    let queued = 0;
    for (const { ids } of receivers) {
      if (this.loop.stopping) return;
      queued += await this.dataSource.transaction((manager) => this.tell(manager, ids));
    }
    if (queued > 0) this.sender.wake();
    await this.dataSource.query(FORGET_WHAT_IS_OVER);
  }

  /** @returns how many mails were queued */
  private async tell(manager: EntityManager, receiverIds: readonly string[]): Promise<number> {
    const rows = await this.held(manager, receiverIds);
    let queued = 0;
    for (const group of groupsOf(rows)) if (await this.tellGroup(manager, group)) queued += 1;
    return queued;
  }

  /** The rows of a person; none while somebody else is changing one of them, so that nobody waits for this. */
  private async held(manager: EntityManager, receiverIds: readonly string[]): Promise<Row[]> {
    const receiverId = In([...receiverIds]);
    const rows = await manager.find(MatchNotice, {
      where: { receiverId },
      order: { subject: 'asc' },
      lock: { mode: 'pessimistic_write', onLocked: 'skip_locked' },
    });
    if (rows.length < (await manager.countBy(MatchNotice, { receiverId }))) return [];
    return rows
      .map((row) => ({
        row,
        state: this.notices.open(row.subject, row.stateSealed!),
        ...(row.toldSealed ? { told: this.notices.open(row.subject, row.toldSealed) } : {}),
      }))
      .sort(bySignal);
  }

  private async tellGroup(manager: EntityManager, group: readonly Row[]): Promise<boolean> {
    const now = this.clock.now();
    const patience = this.config.leadPatienceSeconds * SECOND;
    const ready = group.filter(({ row }) => !row.waitingSince || isPast(row.waitingSince, patience, now));
    if (!ready.some(({ row }) => isNews(row))) return false;
    for (const mailId of new Set(group.flatMap(({ row }) => row.mailId ?? [])))
      if (!(await this.settleLast(manager, mailId, group))) return false;
    if (!ready.some(({ row }) => isNews(row))) return false;
    const collect = this.config.mailCollectSeconds * SECOND;
    if (group.some(({ row }) => row.mailedAt && !isPast(row.mailedAt, collect, now))) return false;
    await this.queue(manager, ready, now);
    return true;
  }

  /**
   * Finds out what became of the last mail to this group. One that has not been tried is taken back, and was never told. One that the mail
   * server may have taken is replaced: nobody knows what arrived.
   * @returns false while it is on its way
   */
  private async settleLast(manager: EntityManager, mailId: string, group: readonly Row[]): Promise<boolean> {
    const fate = await this.mails.withdraw(manager, mailId);
    if (fate === 'on-its-way') return false;
    for (const { row } of group.filter((each) => each.row.mailId === mailId)) {
      row.mailId = null;
      if (fate !== 'gone') {
        row.told = fate === 'withdrawn' ? row.before : UNCERTAIN;
        row.toldSealed = row.beforeSealed;
        row.mailedAt = null;
      }
      await this.save(manager, row);
    }
    return true;
  }

  private async queue(manager: EntityManager, rows: readonly Row[], now: Date): Promise<void> {
    const { document } = await this.covenants.current(manager);
    const told = rows.map(({ row, state }): ToldMatch => ({
      now: state,
      ...(row.toldSealed ? { before: this.notices.open(row.subject, row.toldSealed) } : {}),
    }));
    const mail = matchMail(told, {
      indexName: document.name,
      portal: this.config.publicUrl,
      mayName: (kind) => namedInMail(kind, document),
      nameOfRegion: (region) => this.registers.nameOf(region),
    });
    const { email } = rows[0]!.state.receiver;
    const about = rows.map(({ row }) => [row.subject, row.n]);
    const hash = createHash('sha256').update(JSON.stringify([email, about, mail.text]));
    const messageId = `${hash.digest('hex').slice(0, 40)}@${this.config.region}.verwijsindex`;
    const mailId = await this.mails.queue(manager, { to: email, messageId, ...mail });
    for (const { row, state } of rows) {
      const isFirst = row.toldSealed === null;
      Object.assign(row, {
        ...{ before: row.told, beforeSealed: row.toldSealed },
        ...{ told: row.content, toldSealed: row.stateSealed, mailId, mailedAt: now },
      });
      await this.save(manager, row);
      const { signalNumber: signal } = state;
      await this.audit.record(manager, SYSTEM, 'match-notified', signal === undefined ? {} : { signal });
      if (isFirst) this.logger.event('match-notified', { kinds: kindsOf(state) });
    }
  }

  private async save(manager: EntityManager, row: MatchNotice): Promise<void> {
    const { subject, receiverId, told, toldSealed, before, beforeSealed, mailId, mailedAt } = row;
    await manager.update(
      MatchNotice,
      { subject, receiverId },
      { told, toldSealed, before, beforeSealed, mailId, mailedAt },
    );
  }
}

/** Whether a moment is so long ago; one in the future was written by a clock that was ahead. */
function isPast(moment: Date, milliseconds: number, now: Date): boolean {
  const ago = now.getTime() - moment.getTime();
  return ago < 0 || ago >= milliseconds;
}

/** Whether the receiver does not know this yet; that nobody is involved is no news to somebody who was told nothing. */
const isNews = ({ content, told }: MatchNotice): boolean =>
  told ? !told.equals(content) : content.length > 0;

/**
 * The ids of each person for whom something has changed that waits neither for a lead nor for further changes. Moments in the future count as
 * past. Who did not confirm their first contact details is told nothing yet: the address may be somebody else's.
 */
const MAY_BE_DUE = `select
    array_agg(distinct coalesce(own.id, n.receiver_id)::text) filter (where own.contact_waits_since is null) as ids
  from match_notice n
    left join professional due on due.id = n.receiver_id
    left join professional own on own.subject = due.subject
  where n.content is distinct from n.told and n.state_sealed is not null
    and due.contact_waits_since is null
    and not ${isWithin('n.waiting_since', '$2')}
    and (not ${isWithin('n.mailed_at', '$3')} or exists (select from mail m where m.id = n.mail_id and m.state = 'queued'))
  group by coalesce(own.subject, n.receiver_id::text)`;

/** The oldest signal first; what one is told as process manager last. */
const bySignal = (a: Row, b: Row): number => (placeOf(a) < placeOf(b) ? -1 : 1);

const placeOf = ({ row, state }: Row): string => `${state.signalNumber ?? '~'} ${row.subject}`;

/** Whether a moment, if there is one, is less than so many seconds ago; it is for SQL in which `$1` is the present moment. */
function isWithin(moment: string, seconds: string): string {
  const ago = `extract(epoch from $1::timestamptz - ${moment})`;
  return `coalesce(${ago} >= 0 and ${ago} < ${seconds}::int, false)`;
}

/** Everything was told that there was to tell of a signal or a youth that is gone. */
const FORGET_WHAT_IS_OVER = `delete from match_notice n
  where n.content = '' and coalesce(n.told = '', true)
    and not exists (select from mail m where m.id = n.mail_id and m.state = 'queued')
    and not exists (select from signal s where 'signal/' || s.entry_id = n.subject)
    and not exists (select from youth y where 'youth/' || y.id = n.subject)`;

/** Puts matches together that share somebody, or shared somebody when they were last told. */
function groupsOf(rows: readonly Row[]): Row[][] {
  let groups: { keys: Set<string>; rows: Row[] }[] = [];
  for (const each of rows) {
    const keys = new Set([each.state, each.told].flatMap((notice) => (notice ? keysOf(notice) : [])));
    const joined = groups.filter((group) => [...keys].some((key) => group.keys.has(key)));
    const merged = { keys, rows: [...joined.flatMap((group) => group.rows), each] };
    for (const key of joined.flatMap((group) => [...group.keys])) merged.keys.add(key);
    groups = [...groups.filter((group) => !joined.includes(group)), merged];
  }
  return groups.map((group) => group.rows);
}

const keysOf = ({ subject, involved, possible }: Notice): string[] => [
  subject,
  ...involved.map(({ entry }) => keyOf(entry)),
  ...possible.map(keyOf),
];

const kindsOf = ({ involved, possible }: Notice): string =>
  [...new Set([...involved.map(({ kind }) => kind), ...possible.map(() => 'possibly-same-youth' as const)])]
    .sort()
    .join(' and ');
