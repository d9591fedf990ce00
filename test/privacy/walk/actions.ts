import { addDays } from '#libs/calendar';
import type { SeededChoice } from '../../../apps/brp-simulator/population/random.js';
import type { Answer } from '../../federation/http/visitor.js';
import { MUNICIPALITIES, PEOPLE, REGIONS, type Person } from './cast.js';
import type { Looks } from './look.js';
import { isByAge, type Filed, type Signal, type Truth } from './truth.js';
import type { World } from './world.js';
import { birthday23, PARENTS } from './youths.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Something that one person asks of the node of their region. */
export interface Request {
  by: Person;
  method: 'post' | 'patch';
  path: string;
  body: Record<string, unknown>;
  /** Whether the route takes any body, of which it reads nothing. */
  readsNoBody?: boolean;
  /** The refusal that it must meet. */
  refused?: string;
  /** What is so once it was accepted. */
  then?: (answer: Answer) => void | Promise<void>;
}

/** One step of a walk: what somebody asks, or what happens around the federation; and what comes right after it. */
export type Action = { say: string; next?: Action } & (
  { request: Request } | { happens: () => void | Promise<void> }
);

/** Where a walk has come, for who draws what comes next. */
export interface Standing {
  choice: SeededChoice;
  world: World;
  truth: Truth;
  looks: Looks;
}

type Draw = (standing: Standing) => Action | undefined;

/** Files a signal, which is shared at once, or is held for one look of everybody and then shared or undone. */
const file: Draw = ({ choice, truth, world }) => {
  const by = choice.of(present(truth));
  const youth = choice.of(truth.youths);
  if (youth.isDead || birthday23(youth) <= truth.today) return undefined;
  const first = truth.signalsOf(by).find((signal) => signal.youth === youth);
  const isHeld = choice.chance(0.3);
  const isUndone = isHeld && choice.chance(0.5);
  const answerHeld: Request = { by, method: 'post', path: '', body: {}, readsNoBody: true };
  if (isUndone) Object.assign(answerHeld, { body: { reason: 'undone' }, readsNoBody: false });
  const next: Action = {
    say: `${by.subject} ${isUndone ? 'undoes' : 'shares'} it`,
    request: answerHeld,
  };
  return {
    say: `${by.subject} files on ${youth.name}`,
    request: {
      ...{ by, method: 'post', path: 'signals' },
      body: { youth: { bsn: youth.bsn, birthDate: youth.birthDate }, informed: 'yes' },
      ...(first ? { refused: 'signal-exists' } : {}),
      then: async ({ body }) => {
        truth.file(by, youth, body as Filed);
        const { id } = body as Filed;
        const path = `signals/${id}/_${isUndone ? 'end' : 'share'}`;
        const then = () =>
          isUndone
            ? truth.end(
                truth.signals.find((signal) => signal.id === id)!,
                'undone',
              )
            : truth.share(id);
        Object.assign(answerHeld, { path, then });
        if (isHeld) return;
        await world.visitor(by).post(path, {});
        truth.share(id);
        const earlier = await world.visitor(by).read<{ email: string }[]>(`signals/${id}/earlier`);
        const may = truth.earlierOn(youth).map(({ email }) => email);
        const more = earlier.find(({ email }) => !may.includes(email));
        if (more) throw new Error(`${by.subject} is told of an earlier signal of ${more.email}`);
      },
    },
    ...(isHeld && !first ? { next } : {}),
  };
};

const REASONS = ['risk-gone', 'not-justified', 'wrong-youth', 'undone'] as const;

const end: Draw = ({ choice, truth }) => {
  const signal = anySignal(choice, truth);
  const reason = choice.of([...REASONS, 'undone'] as const);
  return signal && ending(signal, reason, truth);
};

function ending(signal: Signal, reason: (typeof REASONS)[number], truth: Truth): Action {
  return {
    say: `${signal.filer.subject} ends ${signal.number} (${reason})`,
    request: {
      ...{ by: signal.filer, method: 'post', path: `signals/${signal.id}/_end`, body: { reason } },
      ...(reason === 'undone' ? { refused: 'too-late-to-undo' } : {}),
      then: () => truth.end(signal, reason),
    },
  };
}

/** Has every signal end, for the reasons in turn, so that each was given. */
export const endAll = ({ truth }: Pick<Standing, 'truth'>): Action[] =>
  truth.signals.map((signal, n) => ending(signal, REASONS[n % 3]!, truth));

const renew: Draw = ({ choice, truth }) => {
  const open = (signal: Signal) => !isByAge(signal) && addDays(signal.removalDate, -60) <= truth.today;
  const signal = anySignal(choice, truth, (each) => open(each) || choice.chance(0.2));
  if (!signal) return undefined;
  return {
    say: `${signal.filer.subject} renews ${signal.number}`,
    request: {
      ...{ by: signal.filer, method: 'post', path: `signals/${signal.id}/_renew` },
      body: { informed: 'not-yet' },
      ...(open(signal) ? {} : { refused: 'renewal-not-open' }),
      then: ({ body }) => {
        truth.renew(signal, body as Filed);
      },
    },
  };
};

const makeContact: Draw = ({ choice, truth, looks }) => {
  const able = present(truth).filter((person) => looks.idsOf(person, 'matches').length > 0);
  if (able.length === 0) return undefined;
  const by = choice.of(able);
  const id = choice.of([...looks.idsOf(by, 'matches')]);
  return {
    say: `${by.subject} is in contact`,
    request: { by, method: 'post', path: `matches/${id}/_contact-made`, body: {}, readsNoBody: true },
  };
};

const planAbsence: Draw = ({ choice, truth, world }) => {
  const who = choice.of(present(truth));
  const by = choice.chance(0.5) ? who : coordinatorOf(who);
  const colleague = colleagueOf(truth, who);
  const replacement = colleague && choice.chance(0.8) ? colleague : undefined;
  const absence = { from: truth.today, until: addDays(truth.today, choice.between(0, 30)) };
  return {
    say: `${who.subject} is absent until ${absence.until}, says ${by.subject}; stands in: ${replacement?.subject ?? 'nobody'}`,
    request: {
      ...{ by, method: 'post', path: `professionals/${world.idOf(who)}/_plan-absence` },
      body: { ...absence, ...(replacement ? { replacement: world.idOf(replacement) } : {}) },
      then: () => void truth.absences.set(who, { ...absence, ...(replacement ? { replacement } : {}) }),
    },
  };
};

const endAbsence: Draw = ({ choice, truth, world }) => {
  const away = [...truth.absences.keys()];
  if (away.length === 0) return undefined;
  const who = choice.of(away);
  return {
    say: `${who.subject} is back`,
    request: {
      ...{ by: who, method: 'post', path: `professionals/${world.idOf(who)}/_end-absence`, body: {} },
      readsNoBody: true,
      then: () => void truth.absences.delete(who),
    },
  };
};

/** One professional of an organisation always stays. */
const depart: Draw = ({ choice, truth, world }) => {
  const able = present(truth).filter((person) => colleagueOf(truth, person));
  if (able.length === 0) return undefined;
  const who = choice.of(able);
  const takesOver = choice.chance(0.6) ? colleagueOf(truth, who) : undefined;
  return {
    say: `${who.subject} leaves; takes over: ${takesOver?.subject ?? 'nobody'}`,
    request: {
      ...{ by: coordinatorOf(who), method: 'post', path: `professionals/${world.idOf(who)}/_depart` },
      body: takesOver ? { handOverTo: world.idOf(takesOver) } : {},
      then: () => truth.depart(who, takesOver),
    },
  };
};

/** A coordinator enters another number, which others see once its owner confirmed it. */
const changePhone: Draw = ({ choice, truth, world }) => {
  const who = choice.of(present(truth));
  const phone = `000-000 00 ${choice.between(10, 99)}`;
  if (phone === truth.phoneOf(who)) return undefined;
  const confirm: Request = {
    ...{ by: who, method: 'post', path: '', body: {}, readsNoBody: true },
    then: () => truth.setPhone(who, phone),
  };
  return {
    say: `${who.subject} can be reached at ${phone}, says ${coordinatorOf(who).subject}`,
    request: {
      ...{ by: coordinatorOf(who), method: 'patch', path: `professionals/${world.idOf(who)}` },
      body: { phone },
      then: async () => {
        const { contactChanges } = await world.visitor(who).read<{ contactChanges: { id: string }[] }>('me');
        Object.assign(confirm, { path: `contact-changes/${contactChanges[0]!.id}/_confirm` });
      },
    },
    next: { say: `${who.subject} confirms it`, request: confirm },
  };
};

const confirmContact: Draw = ({ choice, truth, world }) => {
  const who = choice.of(present(truth));
  const path = `professionals/${world.idOf(who)}/_confirm-contact`;
  return {
    say: `the contact details of ${who.subject} are right`,
    request: { by: choice.of([who, coordinatorOf(who)]), method: 'post', path, body: {}, readsNoBody: true },
  };
};

const forward: Draw = ({ choice, truth, looks }) => {
  const able = PEOPLE.filter((person) => looks.idsOf(person, 'match-queue').length > 0);
  if (able.length === 0) return undefined;
  const by = choice.of(able);
  // only when there is one, it is known here whom the id is about
  const [id, ...more] = looks.idsOf(by, 'match-queue');
  const [youth] = truth.followedUpBy(by);
  const elsewhere = REGIONS.find((region) => region.id !== by.region)!.municipalities;
  const municipality = choice.of(elsewhere);
  if (!youth || more.length > 0) return undefined;
  return {
    say: `${by.subject} forwards the case of ${youth.name} to ${municipality}`,
    request: {
      ...{ by, method: 'post', path: `match-queue/${id}/_forward`, body: { municipality } },
      ...(youth.isProtected ? { refused: 'case-not-forwardable' } : {}),
      then: () => truth.passOn(by.region, youth, { municipality, by }),
    },
  };
};

const place: Draw = ({ choice, looks }) => {
  const able = PEOPLE.filter((person) => looks.idsOf(person, 'moves').length > 0);
  if (able.length === 0) return undefined;
  const by = choice.of(able);
  const id = choice.of([...looks.idsOf(by, 'moves')]);
  return {
    say: `${by.subject} has placed a youth`,
    request: { by, method: 'post', path: `moves/${id}/_placed`, body: {}, readsNoBody: true },
  };
};

const passHours: Draw = ({ choice, world }) => {
  const hours = choice.between(1, 3);
  return { say: `${hours} hours pass`, happens: () => world.advance(hours * HOUR_MS) };
};

const passDays: Draw = ({ choice, world }) => {
  const days = choice.between(1, 20);
  return { say: `${days} days pass`, happens: () => world.advance(days * DAY_MS) };
};

/** A day passes without the register, and then it has changed: two steps, for what follows from a day is no news from the register. */
const changeRegister: Draw = ({ choice, truth, world }) => {
  const living = truth.youths.filter(({ isDead }) => !isDead);
  const youth = choice.of(living);
  const what = choice.of(['moves', 'moves', 'moves', 'parents', 'parents', 'protected', 'dies']);
  const municipality = choice.of(MUNICIPALITIES.filter((code) => code !== youth.municipality));
  const parents = [
    ...new Set([choice.between(0, PARENTS.length - 1), choice.between(0, PARENTS.length - 1)]),
  ];
  // somebody must be left to file on
  if (what === 'dies' && living.length <= 4) return undefined;
  const said = {
    ...{ moves: `moves to ${municipality}`, parents: `has the parents ${parents.join(' and ')}` },
    ...{ protected: 'has a protected address', dies: 'dies' },
  };
  const change: Action = {
    say: `${youth.name} ${said[what as keyof typeof said]}`,
    happens: async () => {
      if (what === 'moves') Object.assign(youth, { municipality, livesThereSince: truth.today });
      if (what === 'parents') Object.assign(youth, { parents });
      if (what === 'protected') Object.assign(youth, { isProtected: true });
      if (what === 'dies') Object.assign(youth, { isDead: true });
      if (what === 'moves')
        for (const { id } of REGIONS)
          if (truth.signals.some((signal) => signal.youth === youth && signal.filer.region === id))
            truth.passOn(id, youth, { municipality });
      await world.startRegister();
    },
  };
  return {
    say: 'a day passes on which the person register does not answer',
    happens: async () => {
      await world.stopRegister();
      world.advance(DAY_MS);
    },
    next: change,
  };
};

/** What can come, and how often in relation to the rest. */
const WEIGHTS: [Draw, number][] = [
  [file, 18],
  [end, 6],
  [renew, 3],
  [makeContact, 3],
  [planAbsence, 3],
  [endAbsence, 1],
  [depart, 1],
  [changePhone, 2],
  [confirmContact, 1],
  [forward, 3],
  [place, 2],
  [passHours, 1],
  [passDays, 2],
  [changeRegister, 4],
];
const BY_WEIGHT = WEIGHTS.flatMap(([draw, weight]) => Array<Draw>(weight).fill(draw));

/** Draws what comes next: from the same standing and choice always the same. */
export function drawAction(standing: Standing): Action {
  for (;;) {
    const action = standing.choice.of(BY_WEIGHT)(standing);
    if (action) return action;
  }
}

const present = (truth: Truth): Person[] =>
  PEOPLE.filter((person) => person.role === 'professional' && !truth.departed.has(person));

const sameOrganisation = (one: Person) => (other: Person) =>
  other !== one && other.region === one.region && other.organisation === one.organisation;

const colleagueOf = (truth: Truth, person: Person): Person | undefined =>
  present(truth).find(sameOrganisation(person));

const coordinatorOf = (person: Person): Person =>
  PEOPLE.filter(sameOrganisation(person)).find(({ role }) => role === 'coordinator')!;

function anySignal(
  choice: SeededChoice,
  { signals }: Truth,
  fits: (signal: Signal) => boolean = () => true,
): Signal | undefined {
  const fitting = signals.filter(fits);
  return fitting.length > 0 ? choice.of(fitting) : undefined;
}
