import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A region register as it came in, so that the node knows its peers while the relay is away, and never goes back to an older one. */
@Entity('stored_register')
export class StoredRegister {
  @PrimaryColumn('int', { primaryKeyConstraintName: 'stored_register_pkey' }) version: number;
  @Column('text') document: string;
  @Column('text') signature: string;
}
