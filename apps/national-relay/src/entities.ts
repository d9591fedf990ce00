import { SettingCheck } from '#libs/database';
import { loginEntities } from '#libs/login';
import { messagingEntities } from '#libs/messaging';
import { Alarm } from './alarms/index.js';
import { ArchiveQuestion } from './archive/index.js';
import { Match } from './matches/index.js';
import { RegionSample } from './history/index.js';
import { Erasure } from './memory/index.js';
import { RegisterVersion } from './register/index.js';
import { KeyHolderStatus, RegionStatus } from './status/index.js';
import { Tag } from './tags/index.js';

/** Every table of the relay. */
export const ENTITIES = [
  ...loginEntities,
  ...messagingEntities,
  Alarm,
  ArchiveQuestion,
  Erasure,
  KeyHolderStatus,
  Match,
  RegionSample,
  RegionStatus,
  RegisterVersion,
  SettingCheck,
  Tag,
];
