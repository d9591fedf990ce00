import { SettingCheck } from '#libs/database';
import { loginEntities } from '#libs/login';
import { messagingEntities } from '#libs/messaging';
import { OperatorProposal } from './appointments/index.js';
import { ArchiveAnswer, ArchivedSignal, ArchiveQuestion, ArchiveTold } from './archive/index.js';
import { AuditLine } from './audit/index.js';
import { CardRepair, FederatedMatch, RollQuestion } from './cards/index.js';
import { Covenant } from './covenant/index.js';
import { Absence, ContactChange, Organisation, Professional } from './directory/index.js';
import { Erasure } from './erasures/index.js';
import { StoredManifest, StoredRegister } from './federation/index.js';
import { Handle } from './handles/index.js';
import { ReceivedLetter, SentLetter } from './letters/index.js';
import { UnknownLogin } from './logins/index.js';
import { Mail } from './mails/index.js';
import { ContactMade, MatchConfirmed, MatchNotice, MatchRejected, SamePerson } from './matches/index.js';
import { Probe } from './probes/index.js';
import { ForwardedCase, Move } from './moves/index.js';
import { MunicipalityList, UnknownMunicipality } from './municipalities/index.js';
import { PersonProposal } from './professionals/index.js';
import { MemoryLoss } from './recovery/index.js';
import { ScheduledWorkState } from './scheduled-work/index.js';
import { CountedLookUp, FilingLimitRaise } from './signals/index.js';
import { Signal, SignalDescription, Youth, YouthParent } from './youths/index.js';

/** Every table of a regional node. */
export const ENTITIES = [
  ...loginEntities,
  ...messagingEntities,
  Absence,
  ArchiveAnswer,
  ArchivedSignal,
  ArchiveQuestion,
  ArchiveTold,
  AuditLine,
  CardRepair,
  ContactChange,
  ContactMade,
  CountedLookUp,
  Covenant,
  Erasure,
  FederatedMatch,
  FilingLimitRaise,
  ForwardedCase,
  Handle,
  Mail,
  MatchConfirmed,
  MatchRejected,
  SamePerson,
  MatchNotice,
  MemoryLoss,
  Move,
  MunicipalityList,
  OperatorProposal,
  Organisation,
  PersonProposal,
  Probe,
  Professional,
  ReceivedLetter,
  RollQuestion,
  ScheduledWorkState,
  SentLetter,
  SettingCheck,
  Signal,
  SignalDescription,
  StoredManifest,
  StoredRegister,
  UnknownLogin,
  UnknownMunicipality,
  Youth,
  YouthParent,
];
