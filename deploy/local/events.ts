import { type LogEntry } from './processes.js';

type Words = (fields: LogEntry) => string;

/** A whole number, or nothing: a field never brings text of its own. */
const count = (value: unknown, one: string, many = `${one}s`): string =>
  Number.isSafeInteger(value) ? `${String(value)} ${value === 1 ? one : many}` : many;

/** A key such as that of a region; anything else is left out. */
const key = (value: unknown): string =>
  typeof value === 'string' && /^[a-z][a-z0-9-]{0,40}$/.test(value) ? value : '…';

/** What is shown of a program's log, and how: nothing but these events, and of those nothing but these fields. */
export const EVENTS: Record<string, Words> = {
  'signal-filed': () => 'signal filed',
  'signal-shared': () => 'signal shared',
  'signal-ended': () => 'signal ended',
  'signal-renewed': () => 'signal renewed',
  'signal-linked': () => 'signal linked to a BSN',
  'work-done': ({ work, items }) => `${String(work)}: ${count(items, 'item')}`,
  'persons-evaluated': ({ count: persons }) => `pseudonyms made for ${count(persons, 'person')}`,
  'card-opened': ({ from }) => `contact card of ${key(from)} opened`,
  'card-ended': ({ from }) => `match ended by ${key(from)}`,
  'card-unopenable': ({ from }) => `contact card of ${key(from)} does not open`,
  'match-notified': () => 'match: people are told',
  'mail-sent': () => 'mail sent',
  'mail-not-sent': () => 'mail not sent, trying again',
  'mail-given-up': () => 'mail given up',
  'key-holders-awaited': ({ answered, needed }) =>
    `waiting for key holders: ${Number(answered)} of the ${Number(needed)} that it takes`,
  'person-register-unavailable': () => 'person register does not answer',
  'person-register-refused': () => 'person register refuses',
  'tag-put': ({ region, count: tags }) => `${count(tags, 'tag')} received from ${key(region)}`,
  'tag-deleted': ({ region, count: tags }) => `${count(tags, 'tag')} deleted by ${key(region)}`,
  // the relay counts pairs of regions, a region tells of one match
  'match-found': ({ count: pairs }) =>
    pairs === undefined ? 'match found' : `${count(pairs, 'match', 'matches')} found between regions`,
  'card-routed': ({ from, to }) => `sealed contact card passed on from ${key(from)} to ${key(to)}`,
  evaluated: ({ region, count: elements }) =>
    `${count(elements, 'blinded person')} evaluated for ${key(region)}`,
  'evaluation-refused': ({ region, reason }) => `evaluation refused to ${key(region)}: ${key(reason)}`,
  'alarm-raised': ({ kind, party }) => `alarm: ${key(kind)}, ${key(party)}`,
  'ceremony-step': ({ step }) => `key ceremony: ${key(step)}`,
  'share-ready': ({ epoch }) => `key ceremony: share ready for epoch ${Number(epoch)}`,
  'register-accepted': ({ version }) => `region register, version ${Number(version)}, accepted`,
  'manifest-accepted': ({ epoch }) => `public keys of epoch ${Number(epoch)} accepted`,
  'covenant-activated': ({ version }) => `covenant, version ${Number(version)}, in force`,
  'covenant-scheduled': ({ version }) => `covenant, version ${Number(version)}, scheduled`,
  'covenant-withdrawn': ({ version }) => `covenant, version ${Number(version)}, withdrawn`,
  'hub-connected': () => 'connected to the hub',
  'hub-not-reached': () => 'cannot join the hub yet, trying again',
  'hub-disconnected': () => 'lost the hub, trying again',
  'database-awaited': () => 'waiting for the database',
};

/**
 * One line for people about what a program just did: `12:03:04  Verwijsindex Midden Nederland   signal filed`.
 * Undefined for what is not shown.
 */
export function eventLine(who: string, entry: LogEntry): string | undefined {
  const words = typeof entry.event === 'string' && Object.hasOwn(EVENTS, entry.event) && EVENTS[entry.event];
  if (!words) return undefined;
  const at = new Date(String(entry.time));
  const time = Number.isNaN(at.getTime()) ? '--:--:--' : at.toTimeString().slice(0, 8);
  return `${time}  ${who.padEnd(WIDTH)}  ${words(entry)}`;
}

const WIDTH = 30;
