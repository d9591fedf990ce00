import { Column, Entity, PrimaryColumn } from 'typeorm';

/** That a professional says that another signal can be about the same youth without BSN: kept by pair of entries, as `ContactMade` is. */
@Entity('match_confirmed')
export class MatchConfirmed {
  @PrimaryColumn('uuid', { name: 'own_entry_id', primaryKeyConstraintName: 'match_confirmed_pkey' })
  ownEntryId: string;
  @PrimaryColumn('uuid', { name: 'other_entry_id', primaryKeyConstraintName: 'match_confirmed_pkey' })
  otherEntryId: string;
  @Column('timestamptz') at: Date;
}
