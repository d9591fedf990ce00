export { TokenController } from './token.controller.js';
export { Tokens } from './tokens.js';
