import { setTimeout as sleep } from 'node:timers/promises';
import type { Federation } from '../../deploy/local/federation.js';
import { PARTS } from '../../deploy/local/environments.js';
import { inShort } from './http/visitor.js';
import { Stage, Unmet, type FiledSignal } from './stage.js';
import { unrelatedYouths, type KnownYouth } from './youths.js';

const MINUTES = 60_000;
const RECOVERY_SECONDS = 300;
const FILERS = ['mn-leerkracht', 'jm-jeugdteam', 'rm-wijkteam'];
/** Parts that are killed once more, while a signal ends: one of each kind that takes part in that. */
const KILLED_TWICE: string[] = [PARTS.relay, 'midden-nederland', PARTS.hub, PARTS.database];
// from the end: tests of the same federation take theirs from the beginning
const youths = unrelatedYouths().reverse();
let stage: Stage;

/** Registers the tests that kill these parts of a federation, one after another. */
export function killWhileFiling(parts: readonly string[], federationOf: () => Federation): void {
  beforeAll(() => {
    stage = new Stage(federationOf());
  });

  it.each(parts)(
    'loses nothing: %s',
    async (part) => {
      const federation = federationOf();
      const youth = youths.shift()!;
      await stage.mailbox.markAllRead();
      const filing = FILERS.map((who) => fileInTheEnd(who, youth));
      await sleep(150);
      await federation.part(part).kill();
      await federation.startPart(part);
      const signals = await Promise.all(filing);
      for (const signal of signals) await sees(signal, othersOf(signal, signals));
      for (const signal of signals) await wasMailed(signal, othersOf(signal, signals));

      const [gone, ...staying] = signals as [FiledSignal, ...FiledSignal[]];
      const ending = endInTheEnd(gone);
      if (KILLED_TWICE.includes(part)) {
        await sleep(150);
        await federation.part(part).kill();
        await federation.startPart(part);
      }
      await ending;
      for (const signal of staying) await sees(signal, othersOf(signal, staying));

      for (const signal of staying) await endInTheEnd(signal);
      await stage.settled(RECOVERY_SECONDS);
    },
    20 * MINUTES,
  );
}

const othersOf = (own: FiledSignal, signals: readonly FiledSignal[]): FiledSignal[] =>
  signals.filter((signal) => signal !== own);

/** The same-youth match of a signal is with exactly these. */
async function sees(signal: FiledSignal, others: readonly FiledSignal[]): Promise<void> {
  const expected = others.map(({ by }) => by.email).sort();
  await stage.eventually(async () => {
    const matches = await stage
      .visitor(signal.by.subject)
      .read<{ signalId: string; involved: { email: string; kind: string }[] }[]>('matches');
    const match = matches.find(({ signalId }) => signalId === signal.id);
    const seen = (match?.involved ?? []).map(
      ({ email, kind }) => `${kind === 'sibling' ? kind : ''}${email}`,
    );
    if (seen.sort().join() !== expected.join())
      throw new Unmet(`${signal.by.subject} sees ${seen.join(', ') || 'nobody'}`);
  }, RECOVERY_SECONDS);
}

/** The filer got a mail with the addresses of all these; what came twice has the same Message-ID. */
async function wasMailed(signal: FiledSignal, others: readonly FiledSignal[]): Promise<void> {
  await stage.eventually(async () => {
    const mails = await stage.mailbox.unread(signal.by.email);
    const complete = mails.filter(({ text }) => others.every(({ by }) => text.includes(by.email)));
    if (complete.length === 0) throw new Unmet(`${signal.by.subject} got no mail with all the others`);
    for (const { messageId, text } of mails)
      expect(mails.filter((other) => other.messageId === messageId && other.text !== text)).toEqual([]);
  }, RECOVERY_SECONDS);
}

/** Files as a person would, who tries again when there is no answer, and whose signal may have been taken all the same. */
async function fileInTheEnd(who: string, youth: KnownYouth): Promise<FiledSignal> {
  return stage.eventually(async () => {
    const answer = await stage.visitor(who).post('signals', { youth, informed: 'yes' });
    if (answer.status >= 500) throw new Unmet(`${who}: ${inShort(answer)}`);
    expect([201, 409]).toContain(answer.status);
    const { signals } = await stage
      .visitor(who)
      .read<{ signals: { id: string; number: string }[] }>('signals');
    const { number = answer.body.signal as string } = answer.body as { number?: string };
    const signal = signals.find((candidate) => [number, answer.body.signal].includes(candidate.number));
    return { name: number, by: stage.person(who), id: signal!.id, number: signal!.number };
  }, RECOVERY_SECONDS);
}

async function endInTheEnd({ by, id }: FiledSignal): Promise<void> {
  await stage.eventually(async () => {
    const answer = await stage.visitor(by.subject).post(`signals/${id}/_end`, { reason: 'risk-gone' });
    // not there any more: the attempt without an answer had ended it
    if (![204, 404].includes(answer.status)) throw new Unmet(`${by.subject}: ${inShort(answer)}`);
  }, RECOVERY_SECONDS);
}
