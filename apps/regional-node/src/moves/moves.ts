import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/clock';
import { In, IsNull, type EntityManager } from 'typeorm';
import { Audit, SYSTEM } from '../audit/index.js';
import { RegionalNodeConfig } from '../config.js';
import { Covenants } from '../covenant/index.js';
import { processManagersOf, Professional } from '../directory/index.js';
import { MailQueue, MOVE_OVER, noticeMail, type Notice } from '../mails/index.js';
import { Municipalities } from '../municipalities/index.js';
import { SHARED, Signal, Youth } from '../youths/index.js';
import { Elsewhere } from './elsewhere.js';
import { ForwardedCase } from './forwarded-case.entity.js';
import { Move } from './move.entity.js';
import { hasMoved } from './rules/has-moved.rule.js';
import { isCodeChange, mayHaveMerged } from './rules/is-code-change.rule.js';

/** Passes a move on to the professionals who have a signal, and to the process manager of the new municipality, here or in another region. */
@Injectable()
export class Moves {
  constructor(
    private readonly covenants: Covenants,
    private readonly elsewhere: Elsewhere,
    private readonly municipalities: Municipalities,
    private readonly mails: MailQueue,
    private readonly audit: Audit,
    private readonly config: RegionalNodeConfig,
    private readonly clock: Clock,
  ) {}

  /**
   * Has moves, and what other regions know, follow what the person register says now, in the transaction that learns of it.
   * @param before the record as it was; null when there was none
   */
  async follow(
    manager: EntityManager,
    before: Pick<Youth, 'municipality' | 'residenceAsOf' | 'isProtected'> | null,
    youth: Youth,
  ): Promise<void> {
    if (youth.isProtected) await this.forget(manager, youth);
    else if (!(await this.isSetAside(manager, before, youth)) && before && hasMoved(before, youth))
      if (!this.isCodeChange(before, youth)) await this.note(manager, youth, youth.municipality!);
    await this.elsewhere.follow(manager, youth.id);
  }

  /**
   * Keeps the municipality that was known while the table does not tell whether the code that the register names is a move or stands for the
   * same place: one that the table lacks, or any of a 1 January that is later than the table. That shows when a newer table is loaded, and the
   * register is asked again.
   */
  private async isSetAside(
    manager: EntityManager,
    before: Pick<Youth, 'municipality' | 'residenceAsOf' | 'isProtected'> | null,
    youth: Youth,
  ): Promise<boolean> {
    const { municipality: to } = youth;
    if (to === null) return false;
    const table = this.municipalities.table();
    const isUnknown = table.factOf(to) === undefined;
    if (isUnknown) await this.municipalities.noteUnknown(manager, to);
    if (!before || before.municipality === null || before.isProtected) return isUnknown;
    const { municipality, residenceAsOf } = before;
    const from = { municipality, residenceAsOf };
    const mayWait =
      municipality !== to &&
      mayHaveMerged(from, { ...youth, municipality: to }, this.municipalities.today(), table);
    if (!isUnknown && !mayWait) return false;
    await manager.update(Youth, { id: youth.id }, { municipality, residenceAsOf });
    Object.assign(youth, { municipality, residenceAsOf });
    return true;
  }

  private isCodeChange(
    before: Pick<Youth, 'municipality' | 'residenceAsOf'>,
    now: Pick<Youth, 'municipality' | 'residenceAsOf'>,
  ): boolean {
    const { municipality: from } = before;
    const { municipality: to } = now;
    return (
      from !== null &&
      to !== null &&
      isCodeChange(
        { ...before, municipality: from },
        { ...now, municipality: to },
        this.municipalities.today(),
        this.municipalities.table(),
      )
    );
  }

  /** The last move of each of these youths. */
  async lastOf(manager: EntityManager, youthIds: readonly string[]): Promise<Map<string, Move>> {
    const moves = await manager.find(Move, { where: { youthId: In(youthIds) }, order: { at: 'asc' } });
    return new Map(moves.map((move) => [move.youthId, move]));
  }

  /** Where the youth moved is shown after login, never mailed. */
  private async note(manager: EntityManager, youth: Youth, municipality: string): Promise<void> {
    const move = { id: randomUUID(), youthId: youth.id, municipality, at: this.clock.now(), placedAt: null };
    await manager.insert(Move, move);
    const { document } = await this.covenants.current(manager);
    const send = (notice: Pick<Notice, 'to' | 'subject' | 'paragraphs'>) =>
      this.mails.queue(
        manager,
        noticeMail({
          ...notice,
          ...{ indexName: document.name, region: this.config.region, about: ['move', move.id] },
        }),
      );
    const signals = await manager.findBy(Signal, { youthId: youth.id, ...SHARED });
    const filers = await manager.findBy(Professional, {
      id: In(signals.map(({ professionalId }) => professionalId)),
    });
    for (const filer of filers) {
      const { number } = signals.find(({ professionalId }) => professionalId === filer.id)!;
      await send({
        to: filer,
        subject: 'verhuizing bij uw signaal',
        paragraphs: [
          `De jeugdige bij uw signaal ${number} is naar een andere gemeente verhuisd.`,
          'Na het inloggen ziet u bij uw signaal welke gemeente dat is.',
        ],
      });
      await this.audit.record(manager, SYSTEM, 'move-told', { signal: number });
    }
    const codes = this.municipalities.codesOf([municipality]);
    for (const processManager of await processManagersOf(manager, codes)) {
      await send({
        to: processManager,
        subject: 'een jeugdige met een signaal is in uw gemeente komen wonen',
        paragraphs: [
          'Een jeugdige op wie een signaal rust, is naar uw gemeente verhuisd.',
          'Na het inloggen ziet u welke professionals betrokken zijn.',
        ],
      });
    }
  }

  /** Forgets where a youth moved on whom no signal is left that was shared. */
  async end(manager: EntityManager, youthId: string): Promise<void> {
    if (await manager.existsBy(Signal, { youthId, ...SHARED })) return;
    await this.forgetMoves(manager, youthId);
  }

  /** Forgets where a youth moved, and that the case was forwarded: the address is protected now. */
  private async forget(manager: EntityManager, youth: Pick<Youth, 'id'>): Promise<void> {
    await this.forgetMoves(manager, youth.id);
    await manager.delete(ForwardedCase, { youthId: youth.id });
  }

  /** Tells the process managers who have not placed the youth yet that it is over. */
  private async forgetMoves(manager: EntityManager, youthId: string): Promise<void> {
    const moves = await manager.findBy(Move, { youthId, placedAt: IsNull() });
    const { document } = await this.covenants.current(manager);
    for (const { id, municipality } of moves)
      for (const to of await processManagersOf(manager, this.municipalities.codesOf([municipality])))
        await this.mails.queue(
          manager,
          noticeMail({
            ...{ indexName: document.name, region: this.config.region, to, about: ['move-over', id] },
            ...MOVE_OVER,
          }),
        );
    await manager.delete(Move, { youthId });
  }
}
