export { ConfigurationError, IsReadableFile, loadConfiguration, variableOf } from './configuration.js';
export { softwareVersion } from './software-version.js';
