import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import type { AuditAction, AuditActor } from './audit-actions.js';

/** One line of the logbook (Jeugdwet 7.1.2.3 sub f). Lines are added, never changed. */
@Entity('audit_line')
@Index('audit_line_look_ups_idx', ['actor', 'at'], {
  where: `action in ('person-register-consulted', 'signal-filed')`,
})
export class AuditLine {
  /** A whole number in decimal, rising. */
  @PrimaryGeneratedColumn({ type: 'bigint', primaryKeyConstraintName: 'audit_line_pkey' }) id: string;
  @Column('timestamptz') at: Date;
  @Column('text') actor: AuditActor;
  @Column('text') action: AuditAction;
  @Column('jsonb') fields: Record<string, string | number | string[]>;
}
