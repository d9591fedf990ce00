import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How many elements were evaluated for a region on a day in Amsterdam. Days are kept: they are what an auditor compares. */
@Entity('evaluation_day')
export class EvaluationDay {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'evaluation_day_pkey' }) region: string;
  @PrimaryColumn('date', { primaryKeyConstraintName: 'evaluation_day_pkey' }) day: string;
  @Column('integer') elements: number;
}
