import { jest } from '@jest/globals';
import { search, text, type Needle } from '../needles.js';
import { PEOPLE } from './cast.js';
import { PARENTS } from './youths.js';
import { Walk } from './walk.js';
import { World, type Remains } from './world.js';

// a walk takes a minute on two processors, and several beside other work
jest.setTimeout(900_000);

const STEPS = Number(process.env.WALK_STEPS ?? 25);
/** Of further walks. One that once led to a mistake, unless others are asked for. */
const SEEDS = process.env.WALK_SEED?.split(',').map(Number) ?? [795_515];
const MARKER = 'verwaarlozing-thuis-zwaluwstaart';
/** Why filers end signals, and nothing else is called so. */
/** That a signal was undone before anybody heard of it tells nothing of the youth, and is counted: it must buy no look-up. */
const REASONS = ['risk-gone', 'not-justified', 'wrong-youth'];

let world: World;
let walk: Walk;
beforeAll(async () => {
  world = await World.start();
  walk = new Walk(world, MARKER);
});
afterAll(() => world?.stop());

describe('whatever people do', () => {
  it('everybody sees what is theirs, and nobody anything else: a walk that is always the same', async () => {
    await walk.take(1, STEPS);
  });

  it.each(SEEDS)('and after it one that chance led to (WALK_SEED=%d)', async (seed) => {
    await walk.take(seed, STEPS);
  });

  it('they come to see matches, cases and moves, and to ask for what is not theirs', () => {
    for (const times of Object.values(walk.looks.met)) expect(times).toBeGreaterThan(5);
  });

  it('no mail names anybody whom its receiver could not see', async () => {
    const known = PEOPLE.map(({ email }) => email);
    const mails = await world.mails();
    expect(mails.length).toBeGreaterThan(5);
    for (const mail of mails) {
      const [to] = mail.to;
      const named = known.filter((email) => mail.text.includes(email) && email !== to);
      const may = walk.truth.everSeenBy(to!);
      expect({ to, subject: mail.subject, named: named.filter((email) => !may.has(email)) }).toEqual({
        ...{ to, subject: mail.subject, named: [] },
      });
    }
  });
});

describe('what remains of it', () => {
  let remains: Remains;
  beforeAll(async () => {
    remains = await world.remains();
  });

  const found = (needles: Needle[], channels = Object.keys(remains)) =>
    channels.flatMap((channel) => search(remains[channel]!, needles).map((what) => `${channel}: ${what}`));

  it('is something on every channel', () => {
    expect(Object.entries(remains).filter(([, content]) => content.length < 500)).toEqual([]);
    expect(found([text('a signal number', 'DUIN-20')])).toEqual(
      expect.arrayContaining(['database of duin: a signal number, plain', 'mails: a signal number, plain']),
    );
  });

  it('holds nothing that people tried to write besides', () => {
    expect(found([text('a text', MARKER, true)])).toEqual([]);
  });

  it('holds no reason for which a signal ended', () => {
    expect(found(REASONS.map((reason) => text(`the reason ${reason}`, reason, true)))).toEqual([]);
  });

  it('holds no number, name or birth date of a youth or parent', () => {
    const persons = [...world.youths, ...PARENTS].flatMap(({ bsn, name, birthDate }) => [
      text('a BSN', bsn),
      text('a name', name, true),
      text('a birth date', birthDate),
    ]);
    expect(found(persons)).toEqual([]);
  });

  it('holds how to reach professionals in their own regions and mails only', () => {
    const contacts = PEOPLE.map(({ email }) => text('an address', email, true));
    const elsewhere = Object.keys(remains).filter((channel) => !/duin|veen|mails/.test(channel));
    expect(found(contacts, elsewhere)).toEqual([]);
  });
});
