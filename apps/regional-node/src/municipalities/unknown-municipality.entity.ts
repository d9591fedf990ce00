import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A code outside the table that the person register named; the operator is told of it once. */
@Entity('unknown_municipality')
export class UnknownMunicipality {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'unknown_municipality_pkey' }) code: string;
  @Column('timestamptz', { name: 'seen_at' }) seenAt: Date;
}
