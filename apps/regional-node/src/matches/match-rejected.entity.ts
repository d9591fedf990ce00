import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A professional's statement that two signals are not on the same youth without BSN; one row per pair of entries, as of `MatchConfirmed`. */
@Entity('match_rejected')
export class MatchRejected {
  @PrimaryColumn('uuid', { name: 'own_entry_id', primaryKeyConstraintName: 'match_rejected_pkey' })
  ownEntryId: string;
  @PrimaryColumn('uuid', { name: 'other_entry_id', primaryKeyConstraintName: 'match_rejected_pkey' })
  otherEntryId: string;
  @Column('timestamptz') at: Date;
}
