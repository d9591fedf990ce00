import { readFileSync } from 'node:fs';
import { card, earlierProfessionals, letters, messages, register } from './examples.fixture.js';
import {
  MESSAGES,
  openArchiveAnswer,
  openCard,
  openLetter,
  openRegister,
  unseal,
  type KeyPairText,
  type MessageType,
  type SealedArchiveAnswer,
  type SealedCard,
  type SealedLetter,
  type SignedRegister,
} from './index.js';

interface Recorded {
  keys: { sender: KeyPairText; receiver: KeyPairText; cardKey: string; coordinator: string };
  binding: {
    matchId: string;
    from: string;
    to: string;
    epoch: number;
    version: { incarnation: number; n: number };
  };
  messages: Record<
    MessageType,
    { from: string; to: string; publicKey: string; payload: string; signature: string }
  >;
  card: SealedCard;
  cardWithSentinel: SealedCard;
  letter: SealedLetter;
  archiveAnswer: SealedArchiveAnswer;
  register: SignedRegister;
}

/** What release 0.1.0 wrote: its bytes, which never change. */
const recorded = JSON.parse(
  readFileSync(new URL('../recorded/wire-1.0.json', import.meta.url), 'utf8'),
) as Recorded;
const { keys, binding } = recorded;
const cardKey = Buffer.from(keys.cardKey, 'base64url');
const plain = (document: object): unknown => JSON.parse(JSON.stringify(document));

describe('what release 0.1.0 wrote', () => {
  it.each(Object.keys(MESSAGES) as MessageType[])('is read: a message %s', (type) => {
    const { payload, signature, ...expected } = recorded.messages[type];
    expect(plain(unseal(Buffer.from(payload, 'utf8'), signature, expected))).toEqual(plain(messages[type]));
  });
  it('is read: a card', async () => {
    const opened = await openCard(recorded.card, binding, keys.receiver, keys.sender.publicKey, cardKey);
    expect(plain(opened)).toEqual({ document: plain(card), unreadable: [] });
  });
  it('is read: a card with the day that release 0.1.0 made up, which costs the day and not the match', async () => {
    const sealed = recorded.cardWithSentinel;
    const { document, unreadable } = await openCard(
      sealed,
      binding,
      keys.receiver,
      keys.sender.publicKey,
      cardKey,
    );
    expect(unreadable).toEqual(['residence.asOf']);
    expect(plain(document)).toEqual({ ...card, residence: { municipality: '0599' } });
  });
  it('is read: a letter', async () => {
    expect(plain(await openLetter(recorded.letter, binding, keys.receiver, keys.sender.publicKey))).toEqual(
      letters.move,
    );
  });
  it('is read: an answer of an archive', async () => {
    const of = { ...binding, question: recorded.archiveAnswer.question };
    const opened = await openArchiveAnswer(
      recorded.archiveAnswer,
      of,
      keys.receiver,
      keys.sender.publicKey,
      cardKey,
    );
    expect(plain(opened)).toEqual(earlierProfessionals);
  });
  it('is read: a register', () => {
    expect(plain(openRegister(keys.coordinator, recorded.register))).toEqual(register);
  });
});
