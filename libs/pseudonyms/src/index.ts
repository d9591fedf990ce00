export {
  CeremonyFault,
  KeyCeremony,
  type CeremonyPackage,
  type CeremonySeat,
  type CeremonyShare,
  type CeremonyStateAfterRound1,
  type CeremonyStateAfterRound2,
  type KeyShare,
} from './key-ceremony.js';
export { NobleOprf } from './noble-oprf.js';
export {
  ElementsRejected,
  MAX_BATCH,
  type BlindedInput,
  type Evaluation,
  type OprfSuite,
  type PartialEvaluation,
  type ScalarSource,
} from './oprf-suite.js';
export { describedYouthInput, personInput, type PersonNumberKind, type PersonRole } from './person-input.js';
export { PersonSecret } from './person-secret.js';
export { SodiumOprf } from './sodium-oprf.js';
export { Tag } from './tag.js';
export {
  NotEnoughKeyHolders,
  ThresholdEvaluation,
  type AskKeyHolder,
  type KeyHolderFault,
  type SharedKey,
  type ThresholdEvaluationOptions,
} from './threshold-evaluation.js';
