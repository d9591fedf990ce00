import { Column, Entity, PrimaryColumn } from 'typeorm';

/** That a request was counted, so that a repeat costs nothing. Its elements are not kept, only a SHA-256 of the whole request. */
@Entity('evaluation_request')
export class EvaluationRequestRecord {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'evaluation_request_pkey' }) region: string;
  @PrimaryColumn('uuid', { name: 'request_id', primaryKeyConstraintName: 'evaluation_request_pkey' })
  requestId: string;
  @Column('bytea', { name: 'content_hash' }) contentHash: Buffer;
  /** How often the same bytes came again. */
  @Column('integer', { default: 0 }) repeats: number;
  /** The day in Amsterdam on which it was counted. */
  @Column('date') day: string;
}
