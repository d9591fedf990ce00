import { randomBytes } from 'node:crypto';
import { card, exampleKeys, messages, register } from './examples.fixture.js';
import {
  FORMS,
  InvalidMessage,
  RELAY,
  RejectedMessage,
  Signer,
  UnopenableCard,
  UntrustedRegister,
  formOfCard,
  generateKeys,
  inOldestForm,
  openCard,
  openForms,
  openRegister,
  partiesWithout,
  sealCard,
  signForms,
  signRegister,
  unseal,
  type ContactCard,
  type Wire,
} from './index.js';
import { formOfRegister } from './register.js';
import { sealAnyCard } from './unchecked.fixture.js';

const coordinator = exampleKeys('coordinator');
const signed = (purpose: 'register', content: object) => {
  const document = JSON.stringify(content);
  return { document, signature: new Signer(coordinator).sign(purpose, Buffer.from(document, 'utf8')) };
};
const binding = {
  ...{ matchId: randomBytes(16).toString('base64url'), from: 'rijnmond', to: 'jeugdmatch', epoch: 1 },
  version: { incarnation: 1, n: 1 },
};
const [sender, receiver] = [generateKeys('x25519'), generateKeys('x25519')];
const cardKey = randomBytes(32);
const opened = async (content: unknown, wire?: Wire) => {
  const sealed = await sealAnyCard(content, binding, sender, receiver.publicKey, cardKey);
  return openCard(sealed, binding, receiver, sender.publicKey, cardKey, wire);
};
const [entry] = card.entries;

describe('a card of a sender that knows more than its receiver', () => {
  it('is read without a member that the receiver does not know, which release 0.1.0 refused', async () => {
    const more = { ...card, entries: [{ ...entry!, pronouns: 'x' }], mood: 'x' };
    const { document, unreadable } = await opened(more);
    expect(JSON.parse(JSON.stringify(document))).toEqual({ ...card, entries: [entry] });
    expect(unreadable).toEqual([]);
    await expect(opened(more, '1.0')).rejects.toThrow(UnopenableCard);
  });
  it('is refused when its major version is a later one', async () => {
    await expect(opened({ ...card, v: 2 })).rejects.toThrow(UnopenableCard);
  });
});

describe('a card of which a part cannot be read', () => {
  it.each<[string, object, string[], Partial<ContactCard>]>([
    [
      'the day of a residence',
      { residence: { municipality: '0599', asOf: '0001-01-01' } },
      ['residence.asOf'],
      { residence: { municipality: '0599' } },
    ],
    [
      'a residence',
      { residence: { municipality: 'Leiden' } },
      ['residence.municipality'],
      { residence: undefined },
    ],
    ['a lead', { leads: [{ ...card.leads[0]!, name: 'https://kwaad' }] }, ['leads.0.name'], { leads: [] }],
    [
      'who stands in',
      { entries: [{ ...entry!, replacement: { name: '' } }] },
      ['entries.0.replacement.name'],
      {},
    ],
    [
      'one of its entries',
      { entries: [entry!, { ...entry!, phone: 'bel mij' }] },
      ['entries.1.phone'],
      { entries: [entry!] },
    ],
  ])('loses %s, and not the match', async (_what, change, lost, left) => {
    const { document, unreadable } = await opened({ ...card, ...change });
    expect(unreadable).toEqual(expect.arrayContaining(lost));
    expect(document.entries).toHaveLength(1);
    for (const [part, value] of Object.entries(left))
      expect(JSON.parse(JSON.stringify({ it: document[part as 'leads'] })).it).toEqual(value);
    if (_what === 'who stands in') expect(document.entries[0]!.replacement).toBeUndefined();
  });
  it('counts as unopenable, never as empty, when nobody on it is left', async () => {
    await expect(opened({ ...card, entries: [{ ...entry!, phone: 'bel mij' }] })).rejects.toThrow(
      UnopenableCard,
    );
    expect((await opened({ ...card, entries: [], leads: [] })).document.entries).toEqual([]);
  });
});

describe('a residence of which the day is not known', () => {
  const { residence: _, ...without } = card;
  const undated: ContactCard = { ...card, residence: { municipality: '0599' } };

  it('takes a later form of the card, and is left out in the oldest', async () => {
    expect([formOfCard(card), formOfCard(without as ContactCard), formOfCard(undated)]).toEqual([
      'card/1.0',
      'card/1.0',
      'card/1.1',
    ]);
    expect(inOldestForm(undated)).toEqual(without);
    expect(inOldestForm(card)).toBe(card);
    expect((await opened(undated)).document.residence).toEqual({ municipality: '0599' });
    await expect(opened(undated, '1.0')).rejects.toThrow(UnopenableCard);
    expect((await opened(inOldestForm(undated), '1.0')).document.entries).toHaveLength(1);
  });
});

describe('what a program sends', () => {
  it('is checked by the class of its receiver before it is sealed', async () => {
    const wrong = { ...card, residence: { municipality: '0599', asOf: '0001-01-01' } };
    const sealing = sealCard(wrong, binding, sender, receiver.publicKey, cardKey);
    await expect(sealing).rejects.toThrow(InvalidMessage);
    await expect(sealing).rejects.toMatchObject({ className: 'ContactCard', fields: 'residence.asOf' });
  });
  it('is named by class and field in the error, and by no value', async () => {
    const wrong = { ...card, entries: [{ ...entry!, phone: 'bel 06 na vijven' }] };
    const error = await sealCard(wrong, binding, sender, receiver.publicKey, cardKey).catch(String);
    expect(error).toBe('InvalidMessage: ContactCard: entries.0.phone');
  });
});

describe('a message', () => {
  const read = (name: 'heartbeat' | 'tag.put' | 'hello' | 'confirm', change: object, wire?: Wire) => {
    const message = { ...messages[name], ...change } as { from: string; to: string };
    const payload = Buffer.from(JSON.stringify(message), 'utf8');
    const keys = exampleKeys(message.from);
    const expected = {
      from: message.from,
      to: message.to,
      publicKey: keys.publicKey,
      ...(wire ? { wire } : {}),
    };
    return unseal(payload, new Signer(keys).sign('message', payload), expected);
  };
  const more = (name: 'heartbeat' | 'tag.put' | 'hello' | 'confirm') => ({
    body: { ...messages[name].body, mood: 'x' },
  });

  it('is read without a member of its body that the receiver does not know', () => {
    for (const name of ['heartbeat', 'tag.put'] as const) {
      expect(JSON.parse(JSON.stringify(read(name, more(name)).body))).toEqual(messages[name].body);
      expect(() => read(name, more(name), '1.0')).toThrow(RejectedMessage);
    }
  });
  it('of the conversation about where both sides stand, or with another member around the body, is refused', () => {
    for (const name of ['hello', 'confirm'] as const)
      expect(() => read(name, more(name))).toThrow('malformed');
    expect(() => read('tag.put', { mood: 'x' })).toThrow('malformed');
    expect(() => read('tag.put', { type: 'tag.paint' })).toThrow('malformed');
  });
});

describe('a register', () => {
  it('is followed without members that this release does not know, which release 0.1.0 refused', () => {
    const more = {
      ...register,
      motto: 'x',
      regions: register.regions.map((region) => ({ ...region, colour: 'x' })),
    };
    const text = signed('register', more);
    expect(JSON.parse(JSON.stringify(openRegister(coordinator.publicKey, text)))).toEqual(register);
    expect(() => openRegister(coordinator.publicKey, text, '1.0')).toThrow(UntrustedRegister);
    expect(formOfRegister(text.document)).toBe('register/1.1');
    expect(formOfRegister(JSON.stringify(register))).toBe('register/1.0');
  });
  it('of a later major version is refused, with the field that says so', () => {
    expect(() => openRegister(coordinator.publicKey, signed('register', { ...register, v: 2 }))).toThrow(
      'malformed: v',
    );
  });
  it('is not signed when its readers would refuse it', () => {
    const wrong = { ...register, threshold: 1 };
    expect(() => signRegister(new Signer(coordinator), wrong)).toThrow('RegionRegister: threshold');
  });
});

describe('the forms that a party speaks', () => {
  const now = new Date('2026-09-01T09:30:00.000Z');
  const since = '2026-09-01T09:00:00.000Z';
  const said = (party: string, by = party, change: object = {}) =>
    signForms(new Signer(exampleKeys(by)), { party, forms: ['card/1.0', 'card/1.1'], since, ...change });

  it('are believed when the party signed them, whether region, key holder or relay', () => {
    for (const party of ['rijnmond', 'holder-1', RELAY])
      expect(openForms(register, said(party), now)).toMatchObject({ party, forms: ['card/1.0', 'card/1.1'] });
  });
  it.each([
    ['signed by somebody else', said('rijnmond', 'holder-1')],
    ['of nobody in the register', said('elders')],
    [
      'that begin more than a day from now',
      said('rijnmond', 'rijnmond', { since: '2026-09-02T10:00:00.000Z' }),
    ],
    ['that are no names of forms', said('rijnmond', 'rijnmond', { forms: ['alles'] })],
    [
      'of a later major version',
      { ...said('rijnmond'), document: said('rijnmond').document.replace('"v":1', '"v":2') },
    ],
  ])('%s count for nothing', (_what, list) => {
    expect(openForms(register, list, now)).toBeUndefined();
  });
  it('tell who has to be waited for before a later form is used; nobody for the oldest', () => {
    const spoken = new Map<string, string[]>([
      ['rijnmond', [...FORMS]],
      ['holder-1', ['register/1.0']],
      [RELAY, [...FORMS]],
    ]);
    expect(partiesWithout(register, 'register/1.1', spoken)).toEqual(['holder-1', 'holder-2', 'holder-3']);
    expect(partiesWithout(register, 'register/1.0', new Map())).toEqual([]);
  });
});
