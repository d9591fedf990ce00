import { createHash, createPrivateKey, createPublicKey } from 'node:crypto';
import type { EarlierProfessionals } from './archive.js';
import type { CardEntry, ContactCard } from './card.js';
import { FORMS } from './forms.js';
import type { SpokenForms } from './spoken-forms.js';
import { RELAY } from './subjects.js';
import type {
  EvaluationRefusal,
  EvaluationReply,
  EvaluationRequest,
  KeyHolderUsage,
  KeyManifest,
} from './evaluation.js';
import { Signer, type KeyPairText } from './keys.js';
import type { CaseForwardLetter, EraseLetter, EraseReceiptLetter, MoveLetter } from './letter.js';
import type { Envelope, MessageBody, MessageType } from './messages.js';
import type { RegionRegister } from './register.js';
import { signRoll, type Roll } from './roll.js';

/** Bytes that look random and are the same at every run, base64url. */
const bytes = (label: string, length: number): string =>
  createHash('sha512').update(label).digest().subarray(0, length).toString('base64url');

/** A published key pair: for examples, never for use. */
export function exampleKeys(owner: string): KeyPairText {
  const seed = createHash('sha256').update(`example key of ${owner}`).digest();
  // a PKCS #8 wrapping is the only form in which Node takes a bare seed (RFC 8410 §7)
  const wrapped = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
  const publicKey = createPublicKey(createPrivateKey({ key: wrapped, format: 'der', type: 'pkcs8' }));
  return { privateKey: seed.toString('base64url'), publicKey: publicKey.export({ format: 'jwk' }).x! };
}

const [RIJNMOND, JEUGDMATCH] = ['rijnmond', 'jeugdmatch'];
const SENT_AT = '2026-09-01T09:30:00.000Z';
const matchId = bytes('match', 16);
const version = { incarnation: 1, n: 3 };
const sealed = { matchId, version, enc: bytes('enc', 32), ciphertext: bytes('ciphertext', 48) };

const archiveQuestion = bytes('archive question', 16);
const sealedArchive = {
  ...{ question: archiveQuestion, enc: bytes('archive enc', 32) },
  ciphertext: bytes('archive ciphertext', 48),
};
const sealedLetter = { enc: bytes('letter enc', 32), ciphertext: bytes('letter ciphertext', 48) };

/** Where the matches of one region with another stand, as the region says. */
export const roll: Roll = {
  from: RIJNMOND,
  to: JEUGDMATCH,
  after: bytes('after', 16),
  upTo: bytes('up to', 16),
  items: [{ matchId, sent: version, opened: { incarnation: 1, n: 2 } }],
  question: bytes('question', 16),
  answersTo: bytes('question of the other side', 16),
};
const signedRoll = signRoll(new Signer(exampleKeys(RIJNMOND)), roll);

function message<T extends MessageType>(
  type: T,
  seq: number,
  body: MessageBody<T>,
  fromRelay = false,
): Envelope {
  const [from, to] = fromRelay ? [RELAY, RIJNMOND] : [RIJNMOND, RELAY];
  return { v: 1, type, from: from, to: to, incarnation: 1, seq, sentAt: SENT_AT, body };
}

/** One example of every message between a region and the relay, as it is signed. */
export const messages: Record<MessageType, Envelope> = {
  'tag.put': message('tag.put', 41, { epoch: 1, handle: bytes('handle', 16), tag: bytes('tag', 32) }),
  'tag.delete': message('tag.delete', 42, { handle: bytes('handle', 16) }),
  'tags.complete': message('tags.complete', 45, { tags: 1841 }),
  'tags.digest': message('tags.digest', 46, { tags: 1841, digest: bytes('digest', 32) }),
  erased: message('erased', 47, { tokens: [bytes('erased', 16)] }),
  'card.send': message('card.send', 43, { ...sealed, toRegion: JEUGDMATCH }),
  'receipt.send': message('receipt.send', 44, { matchId, version, outcome: 'opened', toRegion: JEUGDMATCH }),
  'roll.send': message('roll.send', 48, { ...signedRoll, toRegion: JEUGDMATCH }),
  'letter.send': message('letter.send', 49, { ...sealedLetter, toRegion: JEUGDMATCH }),
  'archive.ask': message('archive.ask', 50, {
    ...{ question: archiveQuestion, handle: bytes('handle', 16), tag: bytes('archive tag', 32) },
  }),
  'archive.answer': message('archive.answer', 51, { ...sealedArchive, toRegion: JEUGDMATCH }),
  heartbeat: message('heartbeat', 0, {
    softwareVersion: '0.1.0',
    queued: 2,
    oldestQueuedSeconds: 4,
    awaitingSecret: 0,
    matches: 212,
    unansweredNotices: 0,
    unopenableCards: 0,
    lostPersons: 0,
    probes: [{ region: JEUGDMATCH, lastMatchAt: SENT_AT, overdue: false }],
    clock: SENT_AT,
  }),
  'match.found': message(
    'match.found',
    17,
    { matchId, handle: bytes('handle', 16), peerRegion: JEUGDMATCH, epoch: 1, sendFirst: true },
    true,
  ),
  'match.closed': message('match.closed', 18, { matchId }, true),
  'card.deliver': message('card.deliver', 19, { ...sealed, fromRegion: JEUGDMATCH }, true),
  'receipt.deliver': message(
    'receipt.deliver',
    20,
    { matchId, version, outcome: 'opened', fromRegion: JEUGDMATCH },
    true,
  ),
  'roll.deliver': message('roll.deliver', 21, { ...signedRoll, fromRegion: JEUGDMATCH }, true),
  'letter.deliver': message('letter.deliver', 23, { ...sealedLetter, fromRegion: JEUGDMATCH }, true),
  'archive.asked': message(
    'archive.asked',
    24,
    { question: archiveQuestion, handle: bytes('archived handle', 16), fromRegion: JEUGDMATCH },
    true,
  ),
  'archive.answered': message('archive.answered', 25, { ...sealedArchive, fromRegion: JEUGDMATCH }, true),
  recall: message(
    'recall',
    22,
    {
      erased: [bytes('erased', 16)],
      handles: [bytes('handle', 16)],
      last: true,
      recovery: bytes('recovery', 16),
    },
    true,
  ),
  hello: message('hello', 0, { question: bytes('question', 16) }),
  position: message('position', 0, {
    question: bytes('question', 16),
    inIncarnation: 1,
    inApplied: 20,
    outIncarnation: 1,
    outNext: 46,
    outConfirmed: 41,
    recovery: bytes('recovery', 16),
  }),
  confirm: message('confirm', 0, { incarnation: 1, upTo: 41, resendFrom: 42 }, true),
};

const entry: CardEntry = {
  entryId: '5f0c3b6e-2f1d-4c58-9d0a-7f2f6b1f9a10',
  youthRef: bytes('youth', 16),
  kind: 'school',
  filedAt: '2026-08-31T14:05:00.000Z',
  contactMade: ['0a8e2c94-9d53-4f4e-8a33-1b7f0a9f6c21'],
  consent: 'arranged',
  name: 'M. de Proef',
  function: 'intern begeleider',
  organisation: 'Basisschool De Proef',
  phone: '010 000 00 01',
  email: 'm.deproef@school.voorbeeld.example',
  location: 'Locatie Oost',
  locationPhone: '010 000 00 03',
  replacement: {
    name: 'A. Vervanger',
    function: 'directeur',
    organisation: 'Basisschool De Proef',
    phone: '010 000 00 02',
    email: 'a.vervanger@school.voorbeeld.example',
  },
};

/** What is inside a sealed answer of an archive. */
export const earlierProfessionals: EarlierProfessionals = {
  v: 1,
  professionals: [
    {
      name: 'M. de Proef',
      function: 'intern begeleider',
      organisation: 'Basisschool De Proef',
      phone: '010 000 00 01',
      email: 'm.deproef@school.voorbeeld.example',
      kind: 'school',
      endedOn: '2025-03-31',
    },
  ],
  more: 0,
};

/** What is inside a sealed card. */
export const card: ContactCard = {
  v: 1,
  entries: [entry],
  more: 0,
  leads: [
    {
      youthRef: entry.youthRef,
      leadingRegion: RIJNMOND,
      leadingBecause: 'residence',
      because: 'organisation-kind',
      entryId: entry.entryId,
      name: entry.name,
      function: entry.function,
      organisation: entry.organisation,
      phone: entry.phone,
      email: entry.email,
    },
  ],
  residence: { municipality: '0599', asOf: '2026-08-01' },
  validUntil: '2026-10-06T09:30:00.000Z',
};

const { name, function: role, organisation, phone, email } = entry;
const { youthRef: _, ...lead } = card.leads[0]!;

/** What is inside a sealed card on the handle of a description, after both sides confirmed. */
export const possibleCard: ContactCard = {
  v: 1,
  entries: [],
  possible: [
    {
      entryId: entry.entryId,
      kind: entry.kind,
      filedAt: entry.filedAt,
      confirmed: entry.contactMade,
      bsnKnown: true,
      contactMade: entry.contactMade,
      contact: { name, function: role, organisation, phone, email },
      replacement: entry.replacement!,
      lead,
    },
  ],
  more: 0,
  leads: [],
  validUntil: card.validUntil,
};
const letterHead = { v: 1, id: '7d3f0a52-6b1c-4e7e-8f4d-2a9c5b6e1d30', version } as const;
const telling = {
  ...letterHead,
  municipality: '0546',
  professionals: [{ name, function: role, organisation, phone, email }],
  more: 0,
  validUntil: card.validUntil,
};

/** What is inside a sealed letter, by kind. */
export const letters: {
  move: MoveLetter;
  'case-forward': CaseForwardLetter;
  erase: EraseLetter;
  'erase-receipt': EraseReceiptLetter;
} = {
  move: { ...telling, kind: 'move' },
  'case-forward': {
    ...telling,
    kind: 'case-forward',
    forwardedBy: {
      name: 'P. Manager',
      function: 'procesmanager',
      organisation: 'Gemeente De Proef',
      phone: '010 000 00 03',
      email: 'p.manager@gemeente.voorbeeld.example',
    },
  },
  erase: { ...letterHead, kind: 'erase' },
  'erase-receipt': { ...letterHead, kind: 'erase-receipt' },
};

const requestId = 'c1a7e3d2-5b64-4f0e-9a8b-3d2c1b0a9f8e';
export const evaluationRequest: EvaluationRequest = {
  v: 1,
  region: RIJNMOND,
  keyHolder: 'holder-1',
  epoch: 1,
  requestId,
  issuedAt: SENT_AT,
  elements: [bytes('element 1', 32), bytes('element 2', 32)],
};
export const evaluationReply: EvaluationReply = {
  v: 1,
  requestId,
  evaluated: [bytes('evaluated 1', 32), bytes('evaluated 2', 32)],
  proof: bytes('proof', 64),
  quotaLeft: 1998,
};
export const evaluationRefusal: EvaluationRefusal = { v: 1, refused: 'quota-exceeded' };
export const usage: KeyHolderUsage = {
  v: 1,
  keyHolder: 'holder-1',
  asOf: SENT_AT,
  regions: [{ region: RIJNMOND, elements: 34 }],
};

const HOLDERS = ['holder-1', 'holder-2', 'holder-3'];
const certificateSubject = (owner: string): string => `CN=${owner},O=Voorbeeld,C=NL`;

export const register: RegionRegister = {
  v: 1,
  version: 12,
  issuedAt: '2026-08-15T08:00:00.000Z',
  epoch: 1,
  threshold: 2,
  relay: { signingKey: exampleKeys(RELAY).publicKey, certificateSubject: certificateSubject(RELAY) },
  keyHolders: HOLDERS.map((id, at) => ({
    id,
    index: at + 1,
    name: `Sleutelhouder ${at + 1}`,
    signingKey: exampleKeys(id).publicKey,
    sealingKey: bytes(`sealing key of ${id}`, 32),
    certificateSubject: certificateSubject(id),
  })),
  regions: [
    {
      id: RIJNMOND,
      name: 'Verwijsindex Rijnmond',
      municipalities: ['0599', '0606'],
      signingKey: exampleKeys(RIJNMOND).publicKey,
      cardKey: bytes('card key of rijnmond', 32),
      certificateSubject: certificateSubject(RIJNMOND),
      state: 'admitted',
      dailyQuota: 2000,
    },
  ],
};

export const manifest: KeyManifest = {
  v: 1,
  epoch: 1,
  threshold: 2,
  groupKey: bytes('group key', 32),
  publicShares: HOLDERS.map((keyHolder, at) => ({
    keyHolder,
    index: at + 1,
    publicShare: bytes(`share of ${keyHolder}`, 32),
  })),
  transcriptHash: bytes('transcript', 32),
};

/** What a party says it speaks. */
export const spokenForms: SpokenForms = {
  v: 1,
  party: RIJNMOND,
  forms: [...FORMS],
  since: SENT_AT,
};

/** A known answer: what the example region's signature over the bytes of a message is. */
export function signatureExample(): { seed: string; publicKey: string; payload: string; signature: string } {
  const keys = exampleKeys(RIJNMOND);
  const payload = JSON.stringify(messages['tag.delete']);
  const signature = new Signer(keys).sign('message', Buffer.from(payload, 'utf8'));
  return { seed: keys.privateKey, publicKey: keys.publicKey, payload, signature };
}

/** Every example by the name that it has in the README. */
export const examples: Record<string, object> = {
  signature: signatureExample(),
  ...messages,
  'contact card': card,
  'contact card on a description': possibleCard,
  'earlier professionals': earlierProfessionals,
  roll,
  ...Object.fromEntries(Object.entries(letters).map(([kind, letter]) => [`letter ${kind}`, letter])),
  'evaluation request': evaluationRequest,
  'evaluation reply': evaluationReply,
  'evaluation refusal': evaluationRefusal,
  'key holder usage': usage,
  'key manifest': manifest,
  'region register': register,
  'spoken forms': spokenForms,
};
