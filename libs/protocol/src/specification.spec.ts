import { readFileSync, writeFileSync } from 'node:fs';
import {
  card,
  exampleKeys,
  examples,
  letters,
  manifest,
  messages,
  register,
  type signatureExample,
} from './examples.fixture.js';
import {
  ContactCard,
  EarlierProfessionals,
  EvaluationRefusal,
  EvaluationReply,
  EvaluationRequest,
  KeyHolderUsage,
  KeyManifest,
  MESSAGES,
  MalformedMessage,
  RELAY,
  RegionRegister,
  RejectedMessage,
  Roll,
  SignedManifest,
  SignedRegister,
  Signer,
  SpokenForms,
  UntrustedManifest,
  WIRE,
  admittedRegion,
  instanceOf,
  isSignedBy,
  openManifest,
  openRegister,
  parse,
  readLetter,
  signRegister,
  subjects,
  unseal,
  type Wire,
} from './index.js';

const file = new URL('../README.md', import.meta.url);
const BLOCK = /(<!-- example: (.+?) -->\n+```json\n)([^]*?)(```)/g;

/** The examples in the README, by name; written anew from the code when UPDATE_EXAMPLES is set. */
function specification(): Map<string, unknown> {
  if (process.env.UPDATE_EXAMPLES) {
    const text = readFileSync(file, 'utf8').replace(
      BLOCK,
      (_all, head: string, name: string, _old, tail: string) =>
        `${head}${JSON.stringify(examples[name], null, 2)}\n${tail}`,
    );
    writeFileSync(file, text);
  }
  return new Map(
    [...readFileSync(file, 'utf8').matchAll(BLOCK)].map(([, , name, json]) => [name!, JSON.parse(json!)]),
  );
}
const written = specification();

const classes: Record<string, new () => object> = {
  'contact card': ContactCard,
  'contact card on a description': ContactCard,
  'earlier professionals': EarlierProfessionals,
  'evaluation request': EvaluationRequest,
  'evaluation reply': EvaluationReply,
  'evaluation refusal': EvaluationRefusal,
  'key holder usage': KeyHolderUsage,
  'key manifest': KeyManifest,
  'region register': RegionRegister,
  roll: Roll,
  'spoken forms': SpokenForms,
};

/** Reads a document by its class exactly, as its sender does before it is sent. @throws when it is refused */
const read = (name: string, document: string): object => readAs(name, document, '1.0');
/** Reads a document as a receiver of a wire does. @throws when it is refused */
function readAs(name: string, document: string, wire: Wire): object {
  const payload = Buffer.from(document, 'utf8');
  if (name.startsWith('letter ')) return readLetter(payload, wire);
  if (wire !== '1.0' && /card|earlier|roll|register|usage|reply|forms/.test(name) && !(name in MESSAGES))
    return parse(classes[name]!, payload, 'dropped');
  if (!(name in MESSAGES)) return parse(classes[name]!, payload);
  const from = (examples[name] as { from: string }).from;
  const keys = exampleKeys(from);
  return unseal(payload, new Signer(keys).sign('message', payload), {
    ...{ from, to: from === RELAY ? 'rijnmond' : RELAY },
    publicKey: keys.publicKey,
    wire,
  });
}
const accepts = (name: string, document: unknown): boolean => acceptsText(name, JSON.stringify(document));
const acceptsText = (name: string, document: string): boolean => {
  try {
    read(name, document);
    return true;
  } catch (error) {
    if (error instanceof MalformedMessage || error instanceof RejectedMessage) return false;
    throw error;
  }
};

type Path = readonly (string | number)[];
const OPTIONAL = [
  ...['residence', 'consent', 'replacement', 'leads.0.entryId', 'body.resendFrom', 'body.recovery'],
  ...['residence.asOf', 'possible', 'bsnKnown', '0.contact', '0.lead', 'lead.entryId'],
  ...['.location', '.locationPhone'],
  ...['after', 'upTo', 'question', 'answersTo', 'items.0.sent', 'items.0.opened', 'probes.0.lastMatchAt'],
];

/** Every field in a document, however deep. */
function* fieldsOf(value: unknown, path: Path = []): Generator<Path> {
  if (value === null || typeof value !== 'object') return;
  for (const [key, inner] of Object.entries(value)) {
    const here = [...path, Array.isArray(value) ? Number(key) : key];
    yield here;
    yield* fieldsOf(inner, here);
  }
}
/** A copy in which the holder of a field was changed. */
function changed(
  document: object,
  path: Path,
  change: (holder: Record<string, unknown>, key: string) => void,
) {
  const copy = structuredClone(document) as Record<string, unknown>;
  const holder = path.slice(0, -1).reduce((at, key) => at[key] as Record<string, unknown>, copy);
  change(holder, String(path.at(-1)));
  return copy;
}
/** A value of another type. */
const other = (value: unknown): unknown =>
  typeof value === 'string' ? 7 : typeof value === 'object' ? 'x' : 'x';
/** Values of the right type that would do harm further on: where they are stored, shown or looked into. */
function harmful(value: unknown): unknown[] {
  if (typeof value === 'number') return [1e300, 2 ** 53, -1, 0.5];
  if (typeof value === 'string') return ['\0', '\u2028', '\u202E', '<b>', '\n'].map((end) => value + end);
  if (Array.isArray(value)) return [[[]], [null], Array.from({ length: 501 }, () => value[0] as unknown)];
  return typeof value === 'object' ? [[], [value]] : [];
}

describe('the specification', () => {
  it('has an example of every message and document, and each is what the code gives', () => {
    expect([...written.keys()].sort()).toEqual(Object.keys(examples).sort());
    expect(Object.fromEntries(written)).toEqual(JSON.parse(JSON.stringify(examples)));
    expect(Object.keys(messages).sort()).toEqual(Object.keys(MESSAGES).sort());
  });

  it('names every type of message and every subject', () => {
    const text = readFileSync(file, 'utf8');
    for (const type of Object.keys(MESSAGES)) expect(text).toContain(`\`${type}\``);
    for (const subject of [
      subjects.up('<region>', '<type>'),
      subjects.down('<region>', '<type>'),
      subjects.evaluate('<holder>', '<region>'),
      subjects.manifest('<holder>'),
      subjects.usage('<holder>'),
      subjects.ceremony('<holder>', '<asking holder>'),
      subjects.forms('<party>'),
      subjects.register,
    ])
      expect(text).toContain(subject);
  });

  it('gives a signature that anybody can check', () => {
    const { publicKey, payload, signature } = written.get('signature') as ReturnType<typeof signatureExample>;
    expect(isSignedBy(publicKey, 'message', Buffer.from(payload, 'utf8'), signature)).toBe(true);
    expect(isSignedBy(publicKey, 'evaluation', Buffer.from(payload, 'utf8'), signature)).toBe(false);
  });

  describe.each([...written.keys()].filter((name) => name !== 'signature'))('of %s', (name) => {
    const document = written.get(name) as object;
    const fields = [...fieldsOf(document)];

    it('shows an example that is accepted, with every field that there is', () => {
      const accepted = read(name, JSON.stringify(document));
      expect(JSON.parse(JSON.stringify(accepted))).toEqual(document);
    });
    it('is refused without any one of its fields, save those that may be left out', () => {
      const missed = fields
        .filter((path) => typeof path.at(-1) === 'string')
        .filter((path) =>
          accepts(
            name,
            changed(document, path, (holder, key) => delete holder[key]),
          ),
        )
        .map((path) => path.join('.'));
      expect(missed.filter((path) => !OPTIONAL.some((optional) => path.endsWith(optional)))).toEqual([]);
    });
    it('is refused with any one of its values of another type, or empty', () => {
      const wrong = fields.flatMap((path) =>
        [other, () => null, () => ({})].map((give) => ({
          path: path.join('.'),
          document: changed(document, path, (holder, key) => (holder[key] = give(holder[key]))),
        })),
      );
      const taken = wrong
        .filter(({ document: candidate }) => accepts(name, candidate))
        .map(({ path }) => path);
      expect(taken.filter((path) => !OPTIONAL.some((optional) => path.endsWith(optional)))).toEqual([]);
    });
    it('is refused with any one of its values too large, too many, or not to be kept or shown', () => {
      const taken = fields.flatMap((path) => {
        const value = path.reduce<unknown>(
          (at, key) => (at as Record<string | number, unknown>)[key],
          document,
        );
        return harmful(value)
          .filter((harm) =>
            accepts(
              name,
              changed(document, path, (holder, key) => (holder[key] = harm)),
            ),
          )
          .map((harm) => `${path.join('.')} ${JSON.stringify(harm)}`);
      });
      expect(taken).toEqual([]);
    });
    it.each(['__proto__', 'constructor'])('is refused with the key %s, however deep', (key) => {
      const holders = [[], ...fields].filter((path) => {
        const value = path.reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], document);
        return value !== null && typeof value === 'object' && !Array.isArray(value);
      });
      const taken = holders
        .filter((path) => {
          const copy = changed(document, [...path, 'reason'], (holder, field) => (holder[field] = 'x'));
          return acceptsText(name, JSON.stringify(copy).replace('"reason"', JSON.stringify(key)));
        })
        .map((path) => path.join('.'));
      expect(taken).toEqual([]);
    });
    it('is refused when it is nested without end', () => {
      const text = JSON.stringify({ ...document, reason: 0 });
      const deep = 50_000;
      expect(acceptsText(name, text.replace(/0\}$/, `${'['.repeat(deep)}${']'.repeat(deep)}}`))).toBe(false);
      expect(acceptsText(name, text.replace(/0\}$/, `${'{"a":'.repeat(deep)}0${'}'.repeat(deep)}}`))).toBe(
        false,
      );
    });
    it('is read by its receiver without a field that it does not have, unless it addresses or orders', () => {
      const read = (path: Path, wire: Wire): object | undefined => {
        const more = changed(document, [...path, 'reason'], (holder, key) => (holder[key] = 'x'));
        try {
          return readAs(name, JSON.stringify(more), wire);
        } catch (error) {
          if (error instanceof MalformedMessage || error instanceof RejectedMessage) return undefined;
          throw error;
        }
      };
      const isMessage = name in MESSAGES;
      const refuses = [
        'hello',
        'position',
        'confirm',
        'evaluation request',
        'evaluation refusal',
        'key manifest',
      ];
      if (isMessage) expect(read([], WIRE)).toBeUndefined();
      const without = read(isMessage ? ['body'] : [], WIRE);
      expect(without && JSON.parse(JSON.stringify(without))).toEqual(
        refuses.includes(name) ? undefined : document,
      );
    });
    it('is refused by its class with a field that is not in it, however deep', () => {
      const holders = [[], ...fields].filter((path) => {
        const value = path.reduce<unknown>(
          (at, key) => (at as Record<string | number, unknown>)[key],
          document,
        );
        return value !== null && typeof value === 'object' && !Array.isArray(value);
      });
      const taken = holders
        .filter((path) =>
          accepts(
            name,
            changed(document, [...path, 'reason'], (holder, key) => (holder[key] = 'x')),
          ),
        )
        .map((path) => path.join('.'));
      expect(taken).toEqual([]);
    });
  });
});

describe('a card', () => {
  it.each([
    ['a name of 81 characters', (c: ContactCard) => (c.entries[0]!.name = 'x'.repeat(81))],
    ['a link in an organisation', (c: ContactCard) => (c.entries[0]!.organisation = 'www.kwaad.example')],
    ['a link with a path in a name', (c: ContactCard) => (c.entries[0]!.name = 'Log in op kwaad.example/')],
    ['a link after a line separator', (c: ContactCard) => (c.entries[0]!.name = 'M.\u2028https://kwaad')],
    ['no telephone number', (c: ContactCard) => (c.entries[0]!.phone = 'bel mij')],
    ['no address', (c: ContactCard) => (c.entries[0]!.email = 'm.deproef')],
    ['a kind that is a sentence', (c: ContactCard) => (c.entries[0]!.kind = 'De school')],
    [
      'more entries than fit',
      (c: ContactCard) => (c.entries = Array.from({ length: 31 }, () => c.entries[0]!)),
    ],
    ['a residence that is a name', (c: ContactCard) => (c.residence!.municipality = 'Rotterdam')],
    ['a day that does not exist', (c: ContactCard) => (c.residence!.asOf = '2026-02-30')],
    ['another version', (c: ContactCard) => ((c as { v: number }).v = 2)],
  ])('is refused with %s', (_what, spoil) => {
    const copy = structuredClone(card);
    spoil(copy);
    expect(accepts('contact card', copy)).toBe(false);
  });
});

describe('a letter', () => {
  it.each([
    ['a kind that there is not', { ...letters.erase, kind: 'ask' }],
    ['a kind that every object has', { ...letters.erase, kind: 'toString' }],
    ['what another kind tells', { ...letters.erase, municipality: '0546' }],
    ['somebody who forwards a move', { ...letters['case-forward'], kind: 'move' }],
    ['a municipality by its name', { ...letters.move, municipality: 'Leiden' }],
    [
      'more people than fit',
      { ...letters.move, professionals: Array.from({ length: 21 }, () => letters.move.professionals[0]) },
    ],
    [
      'a link in a name',
      { ...letters.move, professionals: [{ ...letters.move.professionals[0], name: 'https://kwaad' }] },
    ],
  ])('is refused with %s', (_what, spoiled) => {
    expect(accepts(`letter ${spoiled.kind}`, spoiled)).toBe(false);
  });
});

describe('the signed documents', () => {
  const coordinator = exampleKeys('coordinator');
  const opened = openRegister(coordinator.publicKey, signRegister(new Signer(coordinator), register));
  const document = JSON.stringify(manifest);
  const signatureOf = (holder: string, text = document) => ({
    keyHolder: holder,
    signature: new Signer(exampleKeys(holder)).sign('manifest', Buffer.from(text, 'utf8')),
  });
  const all = register.keyHolders.map(({ id }) => signatureOf(id));

  it('travel as exact text beside their signatures, so that nobody need write JSON the same way', () => {
    expect(admittedRegion(opened, 'rijnmond')?.dailyQuota).toBe(2000);
    expect(instanceOf(SignedRegister, signRegister(new Signer(coordinator), register)).document).toBe(
      JSON.stringify(register),
    );
    expect(openManifest(opened, instanceOf(SignedManifest, { document, signatures: all })).groupKey).toBe(
      manifest.groupKey,
    );
  });
  it.each([
    ['one key holder did not sign', { document, signatures: all.slice(1) }],
    [
      'one signature is of another',
      { document, signatures: [{ ...all[1]!, keyHolder: 'holder-1' }, ...all.slice(1)] },
    ],
    ['the text is another', { document: document.replace('"epoch":1', '"epoch":2'), signatures: all }],
  ])('are not trusted when %s', (_what, signed) => {
    expect(() => openManifest(opened, signed)).toThrow(UntrustedManifest);
  });
  it.each([
    ['another threshold', { ...manifest, threshold: 3 }],
    ['a holder fewer', { ...manifest, publicShares: manifest.publicShares.slice(1) }],
    [
      'another order',
      { ...manifest, publicShares: manifest.publicShares.map((s) => ({ ...s, index: 4 - s.index })) },
    ],
  ])('are not trusted when all holders sign %s than the register says', (_what, said) => {
    const text = JSON.stringify(said);
    const signatures = register.keyHolders.map(({ id }) => signatureOf(id, text));
    expect(() => openManifest(opened, { document: text, signatures })).toThrow(UntrustedManifest);
  });
});
