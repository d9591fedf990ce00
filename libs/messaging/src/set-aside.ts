import type { EntityManager } from 'typeorm';
import type { Clock } from '#libs/clock';
import { InvalidMessage, MESSAGES, mustBeValid, type MessageType } from '#libs/protocol';
import { SetAsideMessage } from './tables.js';

/** What is set aside: a message of the outbox, or a document that another party was to be sent inside one. */
export type SetAsideKind = 'message' | 'card' | 'letter' | 'archive-answer';

/** One thing set aside, as the operator sees it: never what stands in it. */
export interface SetAsideView {
  kind: string;
  className: string;
  fields: string;
  since: Date;
  softwareVersion: string;
}

export interface SetAsideOptions {
  /** Version of the running software: what another version set aside is tried again. */
  softwareVersion: string;
  /** Throw instead of setting aside. Tests do: there, such a message is a failure. */
  throws: boolean;
}

/**
 * Keeps what this program wrote and its receiver would refuse: a mistake of ours, which must cost neither the change that caused it nor the
 * messages behind it. It is shown to the operator by class and field, and tried again after an upgrade.
 */
export class SetAside {
  constructor(
    private readonly clock: Clock,
    private readonly options: SetAsideOptions,
  ) {}

  /** Whether the body fits the class by which its receiver reads it; if not, it is set aside under `key`. */
  async isFit(
    manager: EntityManager,
    message: { peer: string; type: MessageType; body: object; delay: number; key: string },
  ): Promise<boolean> {
    try {
      mustBeValid(MESSAGES[message.type].body as new () => object, message.body);
      return true;
    } catch (error) {
      const { key, ...rest } = message;
      await this.note(manager, 'message', key, error, rest);
      return false;
    }
  }

  /**
   * Sets aside what `key` names. One that is set aside already stays once.
   * @param message what to queue again after an upgrade; a document is made anew instead
   * @throws the error itself when it is another than InvalidMessage, or when nothing is to be set aside
   */
  async note(
    manager: EntityManager,
    kind: SetAsideKind,
    key: string,
    error: unknown,
    message?: object,
  ): Promise<void> {
    if (!(error instanceof InvalidMessage) || this.options.throws) throw error;
    const { className, fields } = error;
    const { softwareVersion } = this.options;
    await manager.upsert(
      SetAsideMessage,
      { kind, key, className, fields, since: this.clock.now(), softwareVersion, message: message ?? null },
      ['kind', 'key'],
    );
  }

  /** What these keys name is no longer set aside: it was sent, replaced or taken back. */
  async forget(manager: EntityManager, kind: SetAsideKind, keys: readonly string[]): Promise<void> {
    if (keys.length > 0)
      await manager.query(`delete from set_aside where kind = $1 and key = any($2)`, [kind, keys]);
  }

  /** What another version of this software set aside, to be tried again by this one. */
  ofOtherVersions(manager: EntityManager, kind: SetAsideKind): Promise<SetAsideMessage[]> {
    return manager
      .createQueryBuilder(SetAsideMessage, 's')
      .where('s.kind = :kind and s.software_version <> :version', {
        kind,
        version: this.options.softwareVersion,
      })
      .orderBy('s.since')
      .getMany();
  }

  /** All that is set aside, the oldest first. */
  list(manager: EntityManager): Promise<SetAsideView[]> {
    return manager.find(SetAsideMessage, {
      select: { kind: true, className: true, fields: true, since: true, softwareVersion: true },
      order: { since: 'asc' },
      take: 100,
    });
  }
}
