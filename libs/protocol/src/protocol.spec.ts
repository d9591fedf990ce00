import { randomBytes, randomUUID } from 'node:crypto';
import {
  ARCHIVE_ANSWER_BYTES,
  MAX_EARLIER,
  RELAY,
  RegisteredRegion,
  type RejectedMessage,
  Signer,
  UnopenableArchiveAnswer,
  UnopenableCard,
  UnopenableLetter,
  UntrustedRegister,
  admittedRegion,
  generateKeys,
  instanceOf,
  openArchiveAnswer,
  openCard,
  openLetter,
  openRegister,
  seal,
  sealArchiveAnswer,
  sealCard,
  sealLetter,
  signRegister,
  unseal,
  type ArchiveBinding,
  type CardBinding,
  type ContactCard,
  type Letter,
  type RegionRegister,
} from './index.js';
import { CARD_BYTES } from './card.js';
import { earlierProfessionals, letters } from './examples.fixture.js';
import { sealAnyArchiveAnswer, sealAnyCard, sealAnyLetter } from './unchecked.fixture.js';
import { LETTER_BYTES, LetterTooLarge } from './letter.js';

const id = (bytes: number) => randomBytes(bytes).toString('base64url');

describe('a message', () => {
  const keys = generateKeys('ed25519');
  const signer = new Signer(keys);
  const expected = { from: 'rijnmond', to: RELAY, publicKey: keys.publicKey };
  const put = { epoch: 1, handle: id(16), tag: id(32) };
  const envelope = {
    type: 'tag.put' as const,
    from: 'rijnmond',
    to: RELAY,
    incarnation: 1,
    seq: 1,
    sentAt: '2026-01-01T00:00:00Z',
    body: put,
  };
  const reasonOf = (run: () => unknown) => {
    try {
      run();
    } catch (error) {
      return (error as RejectedMessage).reason;
    }
    return 'accepted';
  };

  it('comes out as it went in', () => {
    const { payload, signature } = seal(signer, envelope);
    expect(unseal(payload, signature, expected)).toMatchObject(envelope);
  });
  it('is rejected when one byte differs, when unsigned, and when signed by another', () => {
    const { payload, signature } = seal(signer, envelope);
    const changed = Buffer.from(payload);
    changed[20] = (changed[20] ?? 0) ^ 1;
    expect(reasonOf(() => unseal(changed, signature, expected))).toBe('wrong-signature');
    expect(reasonOf(() => unseal(payload, undefined, expected))).toBe('unsigned');
    expect(
      reasonOf(() =>
        unseal(payload, signature, { ...expected, publicKey: generateKeys('ed25519').publicKey }),
      ),
    ).toBe('wrong-signature');
    expect(reasonOf(() => unseal(payload, signature, { ...expected, publicKey: undefined }))).toBe(
      'wrong-signature',
    );
  });
  it('is rejected when it claims another sender than its channel, or is meant for another', () => {
    const claim = seal(signer, { ...envelope, from: 'jeugdmatch' });
    expect(reasonOf(() => unseal(claim.payload, claim.signature, expected))).toBe('wrong-sender');
    const other = seal(signer, { ...envelope, to: 'jeugdmatch' });
    expect(reasonOf(() => unseal(other.payload, other.signature, expected))).toBe('wrong-receiver');
  });
  it.each([
    ['a missing property', { epoch: 1, handle: put.handle }],
    ['a tag of the wrong length', { ...put, tag: id(31) }],
  ])('is rejected with %s in the body', (_what, body) => {
    const { payload, signature } = seal(signer, { ...envelope, body });
    expect(reasonOf(() => unseal(payload, signature, expected))).toBe('malformed');
  });
  it('is rejected when a region sends what only the relay may', () => {
    const body = { matchId: id(16) };
    const { payload, signature } = seal(signer, { ...envelope, type: 'match.closed', body });
    expect(reasonOf(() => unseal(payload, signature, expected))).toBe('wrong-type');
  });
  it('is rejected when a state has no place in the order', () => {
    const { payload, signature } = seal(signer, { ...envelope, seq: 0 });
    expect(reasonOf(() => unseal(payload, signature, expected))).toBe('malformed');
  });
});

describe('the region register', () => {
  const coordinator = generateKeys('ed25519');
  const certificateSubject = 'CN=voorbeeld';
  const register: RegionRegister = {
    v: 1,
    version: 1,
    issuedAt: '2026-01-01T00:00:00Z',
    epoch: 1,
    threshold: 2,
    relay: { signingKey: id(32), certificateSubject },
    keyHolders: [
      { id: 'holder-1', index: 1, name: 'Een', signingKey: id(32), sealingKey: id(32), certificateSubject },
    ],
    regions: [
      {
        id: 'rijnmond',
        name: 'Verwijsindex Rijnmond',
        municipalities: ['0599'],
        signingKey: id(32),
        cardKey: id(32),
        certificateSubject,
        state: 'admitted',
        dailyQuota: 100,
      },
      {
        id: 'elders',
        name: 'Elders',
        municipalities: [],
        signingKey: id(32),
        cardKey: id(32),
        certificateSubject,
        state: 'suspended',
        dailyQuota: 100,
      },
    ],
  };

  it('is accepted when the coordinator signed it, and names only admitted regions', () => {
    const opened = openRegister(coordinator.publicKey, signRegister(new Signer(coordinator), register));
    expect(admittedRegion(opened, 'rijnmond')?.name).toBe('Verwijsindex Rijnmond');
    expect(admittedRegion(opened, 'elders')).toBeUndefined();
    expect(admittedRegion(opened, 'nergens')).toBeUndefined();
  });
  it.each([
    'CN=rijnmond',
    'CN=rijnmond,O=Voorbeeld,C=NL',
    'serialNumber=00000001999999999000,CN=vi.rijnmond.example,O=Regio Rijnmond\\, jeugd,C=NL',
  ])('takes the certificate subject %s', (subject) => {
    const region = { ...register.regions[0]!, certificateSubject: subject };
    expect(instanceOf(RegisteredRegion, region).certificateSubject).toBe(subject);
  });
  it.each([
    '',
    'rijnmond',
    'CN=',
    'CN=rijnmond,',
    'CN=rijnmond, O=Voorbeeld',
    'CN=rijn,mond',
    'CN=rijnmond+O=Voorbeeld',
    'organizationIdentifier=NTRNL-1,CN=rijnmond',
    'CN=#0c03',
    `CN=${'a'.repeat(600)}`,
  ])('does not take the certificate subject "%s", which the hub would understand otherwise', (subject) => {
    const region = { ...register.regions[0]!, certificateSubject: subject };
    expect(() => instanceOf(RegisteredRegion, region)).toThrow('certificateSubject');
  });
  it('is refused when anybody else signed it or a byte was changed', () => {
    const signed = signRegister(new Signer(coordinator), register);
    expect(() =>
      openRegister(coordinator.publicKey, signRegister(new Signer(generateKeys('ed25519')), register)),
    ).toThrow(UntrustedRegister);
    expect(() =>
      openRegister(coordinator.publicKey, {
        ...signed,
        document: signed.document.replace('suspended', 'admitted'),
      }),
    ).toThrow(UntrustedRegister);
  });
});

describe('a contact card', () => {
  const sender = generateKeys('x25519');
  const recipient = generateKeys('x25519');
  const cardKey = randomBytes(32);
  const binding: CardBinding = {
    matchId: id(16),
    from: 'rijnmond',
    to: 'jeugdmatch',
    epoch: 1,
    version: { incarnation: 1, n: 1 },
  };
  const card: ContactCard = {
    v: 1,
    entries: [
      {
        entryId: randomUUID(),
        youthRef: id(16),
        kind: 'school',
        filedAt: '2026-01-01T10:00:00.000Z',
        contactMade: [],
        name: 'J. Voorbeeld',
        function: 'intern begeleider',
        organisation: 'Basisschool De Proef',
        phone: '010-000 00 01',
        email: 'j.voorbeeld@school.voorbeeld.example',
      },
    ],
    leads: [],
    more: 0,
    validUntil: '2026-02-05T00:00:00.000Z',
  };

  it('opens for the region it was sealed for, with the same person behind it', async () => {
    const sealed = await sealCard(card, binding, sender, recipient.publicKey, cardKey);
    const { document, unreadable } = await openCard(sealed, binding, recipient, sender.publicKey, cardKey);
    expect(document).toMatchObject(card);
    expect(unreadable).toEqual([]);
  });
  it('has the same length whatever is in it', async () => {
    const empty = await sealCard({ ...card, entries: [] }, binding, sender, recipient.publicKey, cardKey);
    const full = await sealCard(card, binding, sender, recipient.publicKey, cardKey);
    expect(empty.ciphertext.length).toBe(full.ciphertext.length);
    expect(Buffer.from(full.ciphertext, 'base64url').length).toBe(CARD_BYTES + 16);
  });
  it.each<
    [
      string,
      (open: {
        binding: CardBinding;
        recipient: typeof recipient;
        sender: string;
        cardKey: Uint8Array;
      }) => void,
    ]
  >([
    ['another person', (o) => (o.cardKey = randomBytes(32))],
    ['another receiver', (o) => (o.recipient = generateKeys('x25519'))],
    ['another sender', (o) => (o.sender = generateKeys('x25519').publicKey)],
    ['another match', (o) => (o.binding = { ...binding, matchId: id(16) })],
    ['another version', (o) => (o.binding = { ...binding, version: { incarnation: 1, n: 2 } })],
    ['another epoch', (o) => (o.binding = { ...binding, epoch: 2 })],
  ])('does not open with %s', async (_what, change) => {
    const sealed = await sealCard(card, binding, sender, recipient.publicKey, cardKey);
    const open = { binding, recipient, sender: sender.publicKey, cardKey: cardKey as Uint8Array };
    change(open);
    await expect(openCard(sealed, open.binding, open.recipient, open.sender, open.cardKey)).rejects.toThrow(
      UnopenableCard,
    );
  });
  it.each([
    ['a link in a name', { name: 'zie http://kwaad.example' }],
    ['markup in a function', { function: '<b>baas</b>' }],
    ['a line break in an organisation', { organisation: 'Een\nTwee' }],
  ])('does not open with %s', async (_what, change) => {
    const bad = { ...card, entries: [{ ...card.entries[0]!, ...change }] };
    const sealed = await sealAnyCard(bad, binding, sender, recipient.publicKey, cardKey);
    await expect(openCard(sealed, binding, recipient, sender.publicKey, cardKey)).rejects.toThrow(
      UnopenableCard,
    );
  });
});

describe('a letter', () => {
  const sender = generateKeys('x25519');
  const recipient = generateKeys('x25519');
  const way = { from: 'rijnmond', to: 'jeugdmatch' };
  const all: Letter[] = Object.values(letters);

  it('opens for the region it was sealed for, whatever its kind, and is always of one length', async () => {
    for (const letter of all) {
      const sealed = await sealLetter(letter, way, sender, recipient.publicKey);
      expect(await openLetter(sealed, way, recipient, sender.publicKey)).toEqual(letter);
      expect(Buffer.from(sealed.ciphertext, 'base64url').length).toBe(LETTER_BYTES + 16);
    }
  });
  it('looks different each time, so that nobody sees that one is said again', async () => {
    const [first, second] = await Promise.all(
      [1, 2].map(() => sealLetter(letters.erase, way, sender, recipient.publicKey)),
    );
    expect(first!.enc).not.toBe(second!.enc);
    expect(first!.ciphertext).not.toBe(second!.ciphertext);
  });
  it.each([
    ['another receiver', { recipient: generateKeys('x25519') }],
    ['another sender', { sender: generateKeys('x25519').publicKey }],
    ['another name of the sender', { way: { ...way, from: 'midden-nederland' } }],
    ['another name of the receiver', { way: { ...way, to: 'midden-nederland' } }],
  ])('does not open with %s', async (_what, change) => {
    const sealed = await sealLetter(letters.move, way, sender, recipient.publicKey);
    const open = { way, recipient, sender: sender.publicKey, ...change };
    await expect(openLetter(sealed, open.way, open.recipient, open.sender)).rejects.toThrow(UnopenableLetter);
  });
  it('does not open when it says what no letter says, and is not sealed when it says too much', async () => {
    const spoiled = { ...letters.move, municipality: 'Leiden' };
    const sealed = await sealAnyLetter(spoiled, way, sender, recipient.publicKey);
    await expect(openLetter(sealed, way, recipient, sender.publicKey)).rejects.toThrow(UnopenableLetter);
    const [somebody] = letters.move.professionals;
    const large = {
      ...letters.move,
      professionals: Array.from({ length: 20 }, () => ({
        ...somebody!,
        name: '€'.repeat(80),
        function: '€'.repeat(60),
        organisation: '€'.repeat(100),
      })),
    };
    await expect(sealLetter(large, way, sender, recipient.publicKey)).rejects.toThrow(LetterTooLarge);
  });
});

describe('an answer of an archive', () => {
  const sender = generateKeys('x25519');
  const recipient = generateKeys('x25519');
  const archiveKey = randomBytes(32);
  const binding: ArchiveBinding = { question: id(16), from: 'rijnmond', to: 'jeugdmatch', epoch: 1 };
  const sealedFor = (answer = earlierProfessionals) =>
    sealArchiveAnswer(answer, binding, sender, recipient.publicKey, archiveKey);
  const opened = (sealed: Awaited<ReturnType<typeof sealedFor>>) =>
    openArchiveAnswer(sealed, binding, recipient, sender.publicKey, archiveKey);

  it('opens for the region it was sealed for, and is of one length, with or without anything in it', async () => {
    for (const answer of [earlierProfessionals, { v: 1 as const, professionals: [], more: 0 }]) {
      const sealed = await sealedFor(answer);
      expect(await opened(sealed)).toEqual(answer);
      expect(Buffer.from(sealed.ciphertext, 'base64url').length).toBe(ARCHIVE_ANSWER_BYTES + 16);
    }
  });
  it.each([
    ['another receiver', { recipient: generateKeys('x25519') }],
    ['another sender', { sender: generateKeys('x25519').publicKey }],
    ['another person', { archiveKey: randomBytes(32) }],
    ['another question', { binding: { ...binding, question: id(16) } }],
    ['another epoch', { binding: { ...binding, epoch: 2 } }],
    ['another name of the sender', { binding: { ...binding, from: 'midden-nederland' } }],
    ['another name of the receiver', { binding: { ...binding, to: 'midden-nederland' } }],
  ])('does not open with %s', async (_what, change) => {
    const sealed = await sealedFor();
    const open = { binding, recipient, sender: sender.publicKey, archiveKey, ...change };
    await expect(
      openArchiveAnswer(sealed, open.binding, open.recipient, open.sender, open.archiveKey),
    ).rejects.toThrow(UnopenableArchiveAnswer);
  });
  it('does not open when it says what no answer says', async () => {
    const [somebody] = earlierProfessionals.professionals;
    for (const spoiled of [
      { ...earlierProfessionals, more: -1 },
      { ...earlierProfessionals, professionals: [{ ...somebody!, endedOn: 'gisteren' }] },
      {
        ...earlierProfessionals,
        professionals: Array.from({ length: MAX_EARLIER + 1 }, () => somebody!),
      },
    ])
      await expect(
        opened(await sealAnyArchiveAnswer(spoiled, binding, sender, recipient.publicKey, archiveKey)),
      ).rejects.toThrow(UnopenableArchiveAnswer);
  });
  it('leaves out the last, and counts them, when it has more in it than fits', async () => {
    const [somebody] = earlierProfessionals.professionals;
    const professionals = Array.from({ length: MAX_EARLIER }, (_none, n) => ({
      ...somebody!,
      name: `${n}${'€'.repeat(79)}`,
      function: '€'.repeat(60),
      organisation: '€'.repeat(100),
    }));
    const answer = await opened(await sealedFor({ v: 1, professionals, more: 2 }));
    const told = answer.professionals.length;
    expect(told).toBeGreaterThan(4);
    expect(told).toBeLessThan(MAX_EARLIER);
    expect(answer).toEqual({
      v: 1,
      professionals: professionals.slice(0, told),
      more: 2 + MAX_EARLIER - told,
    });
  });
});
