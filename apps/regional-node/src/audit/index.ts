export {
  AUDIT_ACTIONS,
  MACHINE,
  SYSTEM,
  type AuditAction,
  type AuditActor,
  type AuditFields,
} from './audit-actions.js';
export { AuditController, AuditQuery } from './audit.controller.js';
export { AuditLine } from './audit-line.entity.js';
export { AuditModule } from './audit.module.js';
export { Audit } from './audit.js';
