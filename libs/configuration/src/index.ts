export {
  ConfigurationError,
  IsNetwork,
  IsReadableFile,
  loadConfiguration,
  variableOf,
} from './configuration.js';
export { readSigningKey, signingKeyOf } from './signing-key.js';
export { softwareVersion } from './software-version.js';
