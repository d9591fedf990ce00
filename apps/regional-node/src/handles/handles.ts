import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Bsn } from '#libs/bsn';
import { Clock } from '#libs/clock';
import { LinkRestarts, Outbox } from '#libs/messaging';
import { RELAY, type TagPut } from '#libs/protocol';
import { PersonSecret } from '#libs/pseudonyms';
import { In, IsNull, Not, type EntityManager } from 'typeorm';
import { Registers } from '../federation/index.js';
import { SealingKey } from '#libs/sealing';
import type { PersonRole } from '../keys/index.js';
import { lockEverybody } from '../youths/index.js';
import { Handle, type HandleRole } from './handle.entity.js';

/** A person in a role, by blind index: equal for equal persons within this node, meaningless outside it. */
export interface PersonRef {
  role: HandleRole;
  index: Buffer;
}

/** Whom a handle stands for. */
export const personOf = ({ role, personIndex }: Handle): PersonRef => ({ role, index: personIndex });

/** A person whose handle may have to begin: somebody with a number, or as described in the canonical form. */
export type PersonKey =
  | { role: PersonRole | 'archive'; index: Buffer; bsn: Bsn }
  | { role: 'described'; index: Buffer; description: string };

/** The handle of a probe follows from its index, so that one which a restored backup forgot is still known as one. */
export const probeHandle = (index: Buffer): Buffer => index.subarray(0, 16);

export const tagKey = (handle: Buffer): string => `tag:${handle.toString('base64url')}`;

/** What begins the keys of questions about a handle, which are not asked any more when it has ended. */
export const askKey = (handle: Buffer): string => `ask:${handle.toString('base64url')}:`;

/** What the relay is told of a handle: the tag of its person, in the archive another one than for signals. */
export const putOf = (
  { handle, role, epoch }: Pick<Handle, 'handle' | 'role' | 'epoch'>,
  secret: PersonSecret,
): TagPut => {
  const put = { epoch, handle: handle.toString('base64url') };
  return role === 'archive'
    ? { ...put, tag: secret.archiveTag(epoch).revealBase64Url(), archived: true }
    : { ...put, tag: secret.tag(epoch).revealBase64Url() };
};

/** Begins and ends handles, in the transactions of signals that begin and end. */
@Injectable()
export class Handles {
  constructor(
    private readonly sealingKey: SealingKey,
    private readonly outbox: Outbox,
    private readonly registers: Registers,
    private readonly clock: Clock,
    links: LinkRestarts,
  ) {
    links.holdFirst(lockEverybody);
    links.onRestart((manager) => this.putAgain(manager));
  }

  /** Gives every person that has none a handle, to be evaluated as soon as the key holders can. */
  async begin(manager: EntityManager, persons: readonly PersonKey[]): Promise<void> {
    for (const person of persons) {
      const input = person.role === 'described' ? person.description : person.bsn.revealDigits();
      await this.insert(manager, randomBytes(16), person, input, null);
    }
  }

  /** Begins the handle of a synthetic match, on a number that is nobody's. @param notBefore when its tag may leave */
  beginProbe(manager: EntityManager, index: Buffer, number: string, notBefore: Date): Promise<void> {
    return this.insert(manager, probeHandle(index), { role: 'probe', index }, number, notBefore);
  }

  private async insert(
    manager: EntityManager,
    handle: Buffer,
    { role, index }: PersonRef,
    input: string,
    putNotBefore: Date | null,
  ): Promise<void> {
    await manager
      .createQueryBuilder()
      .insert()
      .into(Handle)
      .values({
        handle,
        role,
        personIndex: index,
        epoch: this.registers.epoch(),
        pendingInput: this.sealingKey.seal(
          `handle-input/${handle.toString('hex')}`,
          Buffer.from(input, 'ascii'),
        ),
        secret: null,
        createdAt: this.clock.now(),
        putNotBefore,
      })
      .orIgnore()
      .execute();
  }

  /** The live handles of these persons. */
  of(manager: EntityManager, persons: readonly PersonRef[]): Promise<Handle[]> {
    if (persons.length === 0) return Promise.resolve([]);
    return manager.find(Handle, {
      where: liveOf(persons),
      order: { createdAt: 'asc', handle: 'asc' },
    });
  }

  /**
   * Holds the live handles of these persons until the caller's transaction ends, so that what it says about them is said either before all
   * is put again, and then is part of it, or after: not in between, when the relay does not have their tags.
   */
  async hold(manager: EntityManager, persons: readonly PersonRef[]): Promise<void> {
    if (persons.length === 0) return;
    await manager.find(Handle, {
      select: { handle: true },
      where: liveOf(persons),
      order: { handle: 'asc' },
      lock: { mode: 'for_key_share' },
    });
  }

  /** Those of these handles that are not gone; some may have ended. */
  byIds(manager: EntityManager, handles: readonly Buffer[]): Promise<Handle[]> {
    return handles.length === 0
      ? Promise.resolve([])
      : manager.find(Handle, { where: { handle: In(handles) } });
  }

  /** The persons of these handles, of those that have not ended. */
  async livePersons(manager: EntityManager, ids: readonly Buffer[]): Promise<PersonRef[]> {
    return (await this.byIds(manager, ids)).filter(({ endedAt }) => !endedAt).map(personOf);
  }

  /** T of the handle's person; undefined while the key holders have not been heard. */
  secretOf(handle: Handle): PersonSecret | undefined {
    if (!handle.secret) return undefined;
    return new PersonSecret(
      this.sealingKey.open(`handle-secret/${handle.handle.toString('hex')}`, handle.secret),
    );
  }

  /** How many milliseconds the tag of a handle still waits; undefined when it has left. */
  putWaitsFor(manager: EntityManager, handle: Handle): Promise<number | undefined> {
    return this.outbox.waitsFor(manager, RELAY, tagKey(handle.handle));
  }

  /** Marks a handle as ended, while another region has yet to confirm that it knows. */
  async markEnded(manager: EntityManager, handle: Handle): Promise<void> {
    handle.endedAt ??= this.clock.now();
    await manager.update(Handle, { handle: handle.handle }, { endedAt: handle.endedAt });
  }

  /**
   * Puts every tag again, in random order, and says that this is everything; what waited to be said of tags is part of it. Handles are
   * held, so that one that is just being ended is not put after its deletion. They are looked up once more when what waited is gone:
   * the tag of one whose secret became known in the meantime went with it.
   */
  private async putAgain(manager: EntityManager): Promise<void> {
    await this.holdEvaluated(manager);
    await this.outbox.retractAll(manager, RELAY, ['tag.put', 'tag.delete', 'tags.complete', 'tags.digest']);
    const handles = await this.holdEvaluated(manager);
    const puts = handles.map((handle) => {
      const body = putOf(handle, this.secretOf(handle)!);
      return { peer: RELAY, type: 'tag.put' as const, body, options: { coalesceKey: tagKey(handle.handle) } };
    });
    await this.outbox.enqueueAll(
      manager,
      puts.sort((a, b) => (a.body.handle < b.body.handle ? -1 : 1)),
    );
    await this.outbox.enqueue(manager, RELAY, 'tags.complete', { tags: puts.length });
  }

  private holdEvaluated(manager: EntityManager): Promise<Handle[]> {
    return manager.find(Handle, {
      where: { secret: Not(IsNull()) },
      order: { handle: 'asc' },
      lock: { mode: 'pessimistic_write' },
    });
  }

  /**
   * Ends a handle: its tag is taken back if it has not left yet, else deleted at the relay.
   * @param delay milliseconds before the deletion may leave; not before the empty cards of its matches
   */
  async end(manager: EntityManager, handle: Handle, delay: number): Promise<void> {
    await manager.delete(Handle, { handle: handle.handle });
    if (!handle.secret) return;
    await this.outbox.retractUnder(manager, RELAY, askKey(handle.handle));
    if (await this.outbox.retract(manager, RELAY, tagKey(handle.handle))) return;
    await this.outbox.enqueue(
      manager,
      RELAY,
      'tag.delete',
      { handle: handle.handle.toString('base64url') },
      { delay },
    );
  }
}

const liveOf = (persons: readonly PersonRef[]) =>
  (['youth', 'parent', 'described', 'archive', 'probe'] as const).map((role) => ({
    role,
    endedAt: IsNull(),
    personIndex: In(persons.filter((person) => person.role === role).map((person) => person.index)),
  }));
