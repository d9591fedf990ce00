import { ScheduleCovenant } from './covenants.js';
import { ExpectMail, ExpectNoMail, ExpectNothing } from './mails.js';
import {
  ConfirmMatch,
  ContactMade,
  ExpectContactMade,
  ExpectMatch,
  ExpectNoMatch,
  ExpectPossibleMatch,
  ExpectQueue,
  ExpectToVerify,
  SayThatIsMe,
  SayThatIsNotMe,
} from './matches.js';
import { ExpectMoves, ForwardCase, PlaceMove } from './moves.js';
import { MergeMunicipality } from './municipalities.js';
import {
  AdvanceTime,
  ChangePerson,
  Chapter,
  HoldSignals,
  KillPart,
  Parallel,
  Settle,
  StartPart,
  StopPart,
} from './parts.js';
import { Depart, EndAbsence, PlanAbsence } from './people.js';
import {
  EndSignal,
  ExpectRefused,
  ExpectSignals,
  FileSignal,
  LinkSignal,
  RenewSignal,
  ShareSignal,
} from './signals.js';
import type { StepClass } from './step.js';

export { ExpectMail } from './mails.js';
export { Chapter, Parallel } from './parts.js';
export { ExpectRefused, FileSignal } from './signals.js';
export { Step, type References, type StepClass } from './step.js';

/** The words of the story language. */
export const STEPS: Readonly<Record<string, StepClass>> = {
  chapter: Chapter,
  file: FileSignal,
  renew: RenewSignal,
  link: LinkSignal,
  share: ShareSignal,
  end: EndSignal,
  'contact made': ContactMade,
  confirm: ConfirmMatch,
  'that is me': SayThatIsMe,
  'that is not me': SayThatIsNotMe,
  'plan absence': PlanAbsence,
  'end absence': EndAbsence,
  depart: Depart,
  'schedule covenant': ScheduleCovenant,
  placed: PlaceMove,
  forward: ForwardCase,
  parallel: Parallel,
  settle: Settle,
  'hold signals': HoldSignals,
  stop: StopPart,
  kill: KillPart,
  start: StartPart,
  'advance time': AdvanceTime,
  'change person': ChangePerson,
  'merge municipality': MergeMunicipality,
  'expect match': ExpectMatch,
  'expect no match': ExpectNoMatch,
  'expect possible match': ExpectPossibleMatch,
  'expect to verify': ExpectToVerify,
  'expect contact made': ExpectContactMade,
  'expect queue': ExpectQueue,
  'expect moves': ExpectMoves,
  'expect mail': ExpectMail,
  'expect no mail': ExpectNoMail,
  'expect nothing': ExpectNothing,
  'expect signals': ExpectSignals,
  'expect refused': ExpectRefused,
};
