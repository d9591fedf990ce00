import { Local1764000000001 } from './0001-local.js';
import { Federation1764000000002 } from './0002-federation.js';
import { CovenantAndDirectory1764000000003 } from './0003-covenant-and-directory.js';
import { LifeOfSignals1764000000004 } from './0004-life-of-signals.js';
import { ContactDetails1764000000005 } from './0005-contact-details.js';
import { Letters1764000000006 } from './0006-letters.js';
import { RollsWanted1764000000008 } from './0008-rolls-wanted.js';
import { YouthsWithoutBsn1764000000009 } from './0009-youths-without-bsn.js';
import { Locations1764000000010 } from './0010-locations.js';
import { ArchiveElsewhere1764000000011 } from './0011-archive-elsewhere.js';
import { CardsAskedAbout1764000000012 } from './0012-cards-asked-about.js';
import { Forms1764000000013 } from './0013-forms.js';
import { ArchiveAt231764000000015 } from './0015-archive-at-23.js';
import { ParentsNotCounted1764000000016 } from './0016-parents-not-counted.js';
import { Municipalities1764000000020 } from './0020-municipalities.js';
import { Logins1764000000021 } from './0021-logins.js';
import { MailFailures1764000000022 } from './0022-mail-failures.js';
import { UndoAndNotices1764000000023 } from './0023-undo-and-notices.js';
import { WhetherInformed1764000000024 } from './0024-whether-informed.js';
import { Designations1764000000025 } from './0025-designations.js';
import { LookUpsCounted1764000000026 } from './0026-look-ups-counted.js';
import { SecondPerson1764000000027 } from './0027-second-person.js';
import { SettingChecks1764000000029 } from './0029-setting-checks.js';
import { RequestCounts1764000000030 } from './0030-request-counts.js';
import { SamePerson1764000000032 } from './0032-same-person.js';

/** In the order in which they run. */
export const MIGRATIONS = [
  Local1764000000001,
  Federation1764000000002,
  CovenantAndDirectory1764000000003,
  LifeOfSignals1764000000004,
  ContactDetails1764000000005,
  Letters1764000000006,
  RollsWanted1764000000008,
  YouthsWithoutBsn1764000000009,
  Locations1764000000010,
  ArchiveElsewhere1764000000011,
  CardsAskedAbout1764000000012,
  Forms1764000000013,
  ArchiveAt231764000000015,
  ParentsNotCounted1764000000016,
  Municipalities1764000000020,
  Logins1764000000021,
  MailFailures1764000000022,
  UndoAndNotices1764000000023,
  WhetherInformed1764000000024,
  Designations1764000000025,
  LookUpsCounted1764000000026,
  SecondPerson1764000000027,
  SettingChecks1764000000029,
  RequestCounts1764000000030,
  SamePerson1764000000032,
];
