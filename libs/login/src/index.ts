export {
  CurrentSubject,
  identityOf,
  PUBLIC,
  Public,
  type IdentifiedRequest,
  type Identity,
} from './identity.js';
export { LoginAttempt } from './login-attempt.entity.js';
export { LoginSession } from './login-session.entity.js';
export { LoginModule } from './login.module.js';
export type { LoginOptions } from './login.options.js';
export { Login } from './login.js';
export { AlsoReads, SameOriginGuard } from './same-origin.guard.js';
export { SessionGuard } from './session.guard.js';
export { loginEntities, loginTablesSql } from './tables.js';
