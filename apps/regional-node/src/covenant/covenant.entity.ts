import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CovenantDocument } from './covenant-document.js';

/** One version of the covenant; the highest is in force. Earlier ones stay, since decisions were taken by them. */
@Entity('covenant')
export class Covenant {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'covenant_pkey' }) version: number;
  @Column('jsonb') document: CovenantDocument;
  /** SHA-256 of the text it was read from. */
  @Column('bytea', { name: 'source_hash' }) sourceHash: Buffer;
  @Column('timestamptz', { name: 'activated_at' }) activatedAt: Date;
}
