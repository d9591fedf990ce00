import { SettingCheck } from '#libs/database';
import { EpochKey } from './ceremony/index.js';
import { EvaluationDay, EvaluationRequestRecord } from './evaluation/index.js';
import { RegionRegisterCopy } from './register/index.js';

/** Every table of a key holder. */
export const ENTITIES = [EpochKey, EvaluationDay, EvaluationRequestRecord, RegionRegisterCopy, SettingCheck];
