export { ConfigurationError, loadConfiguration, variableOf } from './configuration.js';
