import 'reflect-metadata';
export {
  CARD_BYTES,
  CardEntry,
  CardLead,
  CardTooLarge,
  Contact,
  ContactCard,
  LEAD_REASONS,
  MAX_ENTRIES,
  PHONE_NUMBER,
  Residence,
  UnopenableCard,
  openCard,
  sealCard,
  type CardBinding,
  type LeadReason,
} from './card.js';
export {
  RELAY,
  RejectedMessage,
  SIGNATURE_HEADER,
  seal,
  unseal,
  type Expectation,
  type SignedBytes,
} from './envelope.js';
export {
  EvaluationRefusal,
  EvaluationReply,
  EvaluationRequest,
  KeyManifest,
  REFUSALS,
  SignedManifest,
  type Refusal,
} from './evaluation.js';
export { Signer, generateKeys, isSignedBy, type KeyPairText, type SigningPurpose } from './keys.js';
export { UntrustedManifest, openManifest } from './manifest.js';
export {
  CARD_OUTCOMES,
  CardDeliver,
  CardSend,
  Confirm,
  Envelope,
  Erased,
  Heartbeat,
  Hello,
  MESSAGES,
  MatchClosed,
  MatchFound,
  Position,
  ProbeReport,
  Recall,
  ReceiptDeliver,
  ReceiptSend,
  RollDeliver,
  RollSend,
  SealedCard,
  TagDelete,
  TagPut,
  TagsComplete,
  TagsDigest,
  type CardOutcome,
  type MessageBody,
  type MessageType,
} from './messages.js';
export {
  RegionRegister,
  RegisteredKeyHolder,
  RegisteredRegion,
  RegisteredRelay,
  SignedRegister,
  UntrustedRegister,
  admittedRegion,
  openRegister,
  signRegister,
} from './register.js';
export { Roll, RollItem, openRoll, signRoll } from './roll.js';
export { PARTY_ID, inboxPrefix, streams, subjects } from './subjects.js';
export {
  IsBase64UrlOf,
  IsCount,
  IsOne,
  IsPartyId,
  IsPlainLine,
  MalformedMessage,
  PLAIN_TEXT,
  instanceOf,
  parse,
} from './validation.js';
export { MAX_LISTED, Version, isLater } from './version.js';
