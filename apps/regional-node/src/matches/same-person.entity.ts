import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A professional's statement that a signal in another region is their own; one row per pair of entries, as of `ContactMade`. */
@Entity('same_person')
export class SamePerson {
  @PrimaryColumn('uuid', { name: 'own_entry_id', primaryKeyConstraintName: 'same_person_pkey' })
  ownEntryId: string;
  @PrimaryColumn('uuid', { name: 'other_entry_id', primaryKeyConstraintName: 'same_person_pkey' })
  otherEntryId: string;
  @Column('timestamptz') at: Date;
}
