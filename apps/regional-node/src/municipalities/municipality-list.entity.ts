import type { MunicipalityFact } from '#libs/municipalities';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A table of municipalities that an operator loaded; the newest one counts, unless the software brings a newer one. */
@Entity('municipality_list')
export class MunicipalityList {
  @PrimaryGeneratedColumn('identity', { primaryKeyConstraintName: 'municipality_list_pkey' }) id: number;
  /** The day of which it tells, `YYYY-MM-DD`. */
  @Column('date', { name: 'as_of' }) asOf: string;
  @Column('timestamptz', { name: 'loaded_at' }) loadedAt: Date;
  @Column('jsonb') facts: MunicipalityFact[];
}
