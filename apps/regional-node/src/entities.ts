import { loginEntities } from '#libs/login';
import { AuditLine } from './audit/index.js';
import { Covenant } from './covenant/index.js';
import { Organisation, Professional } from './directory/index.js';
import { Mail } from './mails/index.js';
import { Signal, Youth, YouthParent } from './youths/index.js';

/** Every table of a regional node. */
export const ENTITIES = [
  ...loginEntities,
  AuditLine,
  Covenant,
  Mail,
  Organisation,
  Professional,
  Signal,
  Youth,
  YouthParent,
];
