export { AppointmentsController } from './appointments.controller.js';
export {
  AppointRequest,
  ChangeLoginRequest,
  ChangeProcessManagerRequest,
  DismissRequest,
  type AppointmentsShown,
} from './appointments.dto.js';
export { AppointmentsModule } from './appointments.module.js';
export { OperatorProposals, operatorsOf } from './operator-proposals.js';
export { isConfirmedOnMachine, mayConfirm } from './rules/may-confirm.rule.js';
export { OperatorProposal } from './operator-proposal.entity.js';
