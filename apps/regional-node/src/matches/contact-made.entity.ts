import { Column, Entity, PrimaryColumn } from 'typeorm';

/** That a professional says to be in contact with another: kept by pair of entries, which survive epochs and rebuilds. */
@Entity('contact_made')
export class ContactMade {
  @PrimaryColumn('uuid', { name: 'own_entry_id', primaryKeyConstraintName: 'contact_made_pkey' })
  ownEntryId: string;
  @PrimaryColumn('uuid', { name: 'other_entry_id', primaryKeyConstraintName: 'contact_made_pkey' })
  otherEntryId: string;
  @Column('timestamptz') at: Date;
}
