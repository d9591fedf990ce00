export { LoginCookies } from './cookies.js';
export {
  CurrentSubject,
  identityOf,
  PUBLIC,
  Public,
  type IdentifiedRequest,
  type Identity,
} from './identity.js';
export { LoginLogout } from './login-logout.entity.js';
export { LoginSession } from './login-session.entity.js';
export { LoginModule } from './login.module.js';
export {
  CLIENT_AUTHENTICATIONS,
  type ClientAuthentication,
  type FurtherProvider,
  type LoginOptions,
} from './login.options.js';
export { Login } from './login.js';
export { AlsoReads, SameOriginGuard } from './same-origin.guard.js';
export { SessionGuard } from './session.guard.js';
export { loginEntities, loginTables2Sql, loginTables3Sql, loginTablesSql } from './tables.js';
