import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A loss of memory of this node (a restored backup, a lost database), and what came of it. */
@Entity('memory_loss')
export class MemoryLoss {
  /** The name under which the relay answers it. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'memory_loss_pkey' }) recovery: string;
  @Column('timestamptz') at: Date;
  /** Signals that had ended before, and were ended again. */
  @Column('int', { name: 'erased_signals', default: 0 }) erasedSignals: number;
  /** Persons (youths and parents) whom the relay knew of and this node does not: signals on them were accepted, and are lost. */
  @Column('int', { name: 'lost_persons', default: 0 }) lostPersons: number;
  /** When everything had been learnt that others remember. */
  @Column('timestamptz', { name: 'recovered_at', nullable: true }) recoveredAt: Date | null;
}
