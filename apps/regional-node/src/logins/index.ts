export { changeLogin, refuseTaken } from './login-change.js';
export { LoginsController, type UnknownLoginShown } from './logins.controller.js';
export { LoginsModule } from './logins.module.js';
export { needsSecondOperator } from './rules/needs-second-operator.rule.js';
export { UnknownLogin } from './unknown-login.entity.js';
export { MOST, UnknownLogins } from './unknown-logins.js';
