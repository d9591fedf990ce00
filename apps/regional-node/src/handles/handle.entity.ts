import type { PersonRole } from '../keys/index.js';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * In which role somebody is present; `described`: a youth without BSN, as described; `archive`: a youth in the archive, who matches nobody; a
 * probe is nobody, for synthetic matches.
 */
export type HandleRole = PersonRole | 'described' | 'archive' | 'probe';

/**
 * A person's presence in the federation, in one role and epoch. Begins with the first signal (or archived one) that concerns the person, ends
 * with the last, and never comes back: a later signal gets another handle.
 *
 * States: `pendingInput` set, `secret` null: waits for the key holders, nothing is known outside. `secret` set: the number is
 * forgotten, the tag is on its way to or at the relay. `endedAt` set: no signal is left, but another region has not confirmed yet that it
 * knows; the handle is of no other use. Ended: the row is gone.
 */
@Entity('handle')
@Index('handle_live_person_key', ['role', 'personIndex', 'epoch'], {
  unique: true,
  where: 'ended_at is null',
})
export class Handle {
  /** 16 random bytes. */
  @PrimaryColumn('bytea', { primaryKeyConstraintName: 'handle_pkey' }) handle: Buffer;
  @Column('text') role: HandleRole;
  /** Blind index of the person in this role; in the archive that of the youth. */
  @Column('bytea', { name: 'person_index' }) personIndex: Buffer;
  @Column('int') epoch: number;
  /** The nine digits, or a description, sealed for `handle-input/<handle>`, only until they are evaluated. */
  @Column('bytea', { name: 'pending_input', nullable: true }) pendingInput: Buffer | null;
  /** T, sealed for `handle-secret/<handle>`; personal data, gone with the row. */
  @Column('bytea', { nullable: true }) secret: Buffer | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  /** When the tag may leave at the earliest; null: as its role has it. */
  @Column('timestamptz', { name: 'put_not_before', nullable: true }) putNotBefore: Date | null;
  @Column('timestamptz', { name: 'ended_at', nullable: true }) endedAt: Date | null;
}
