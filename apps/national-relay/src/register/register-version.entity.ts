import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A version of the region register that was in force here: nobody goes back to a lower one, not even after a restart. */
@Entity('register_version')
export class RegisterVersion {
  @PrimaryColumn('int') version: number;
  @Column('timestamptz', { name: 'accepted_at' }) acceptedAt: Date;
}
