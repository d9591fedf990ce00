import { createHash } from 'node:crypto';
import { ChangedBuild, type Change } from '../changed-build/changed-build.js';
import { bytes, search, text } from './needles.js';
import { record, type Recording } from './recording.js';
import { BROKER_FIELDS, KEY_HOLDER_COLUMNS, LOG_FIELDS, MAIL_LINES, RELAY_COLUMNS } from './allowed.js';

const logsOf = ({ logs }: Recording) => Buffer.from(logs.map(({ line }) => line).join('\n'), 'utf8');
const mailsOf = ({ mails }: Recording) =>
  Buffer.from(mails.map(({ mail, source }) => `${source}\n${mail.text}`).join('\n'), 'utf8');

/** Finds every signed message in what passed the broker. */
function messagesOn(broker: Buffer): { type: string; body: Record<string, unknown> }[] {
  const found = broker.toString('latin1').matchAll(/\{"v":1,"type":"[a-z.]+".*?\}(?=\r\n)/g);
  return [...found].map(([json]) => JSON.parse(json) as { type: string; body: Record<string, unknown> });
}

describe('the search itself', () => {
  const needles = [
    text('a number', '999910036'),
    text('a name', 'Daan van den Testen', true),
    bytes('T', Buffer.from('00ff10aa55', 'hex')),
  ];

  it.each([
    ['plain', 'x999910036y', 'a number, plain'],
    ['hex', Buffer.from('999910036').toString('hex'), 'a number, hex'],
    ['base64 at any position', Buffer.from('ab999910036cd').toString('base64'), 'a number, base64'],
    ['base64url at any position', Buffer.from('a999910036c').toString('base64url'), 'a number, base64url'],
    ['a hash', createHash('sha256').update('999910036').digest('hex'), 'a number, sha256 in hex'],
    ['a hash in base64', createHash('md5').update('999910036').digest('base64'), 'a number, md5 in base64'],
    ['another case', 'DAAN VAN DEN TESTEN', 'a name, plain'],
    ['hex in capitals', 'X00FF10AA55X', 'T, hex'],
  ])('finds a value in %s', (_form, haystack, expected) => {
    expect(search(Buffer.from(haystack), needles)).toContain(expected);
  });
});

describe('a federation at work', () => {
  let recording: Recording;
  beforeAll(async () => {
    recording = await record();
  });

  it('is recorded on every channel', () => {
    expect(messagesOn(recording.broker).map(({ type }) => type)).toEqual(
      expect.arrayContaining([
        'tag.put',
        'tag.delete',
        'card.send',
        'card.deliver',
        'match.found',
        'receipt.send',
        'archive.ask',
        'archive.asked',
        'archive.answer',
        'archive.answered',
      ]),
    );
    expect(recording.logs.length).toBeGreaterThan(50);
    expect(recording.mails.length).toBeGreaterThanOrEqual(3);
    expect(recording.relayStorage.toString()).toContain('"peppered_tag"');
    expect(recording.keyHolderStorage.toString()).toContain('"content_hash"');
  });

  it('puts no number, name, birth date or secret of a person on the broker, and tags only where they are put or asked for', () => {
    expect(search(recording.broker, [...recording.persons, ...recording.secrets])).toEqual([]);
    const withoutPuts = Buffer.from(
      recording.broker
        .toString('latin1')
        .replaceAll(/\{"v":1,"type":"(tag\.put|archive\.ask)".*?\}(?=\r\n)/g, ''),
      'latin1',
    );
    expect(search(withoutPuts, recording.tags)).toEqual([]);
    expect(search(recording.broker, recording.tags)).toContain('tag, base64url');
  });
  it('puts contact details on the broker in sealed cards only', () => {
    expect(search(recording.broker, recording.contacts)).toEqual([]);
  });
  it('sends no field over the broker that is not allowed', () => {
    const fields = new Set(
      messagesOn(recording.broker).flatMap(({ type, body }) =>
        Object.keys(body).map((field) => `${type} ${field}`),
      ),
    );
    expect([...fields].filter((field) => !BROKER_FIELDS.has(field))).toEqual([]);
  });

  it('logs nothing of persons, secrets, tags or contacts, whoever logs', () => {
    expect(
      search(logsOf(recording), [
        ...recording.persons,
        ...recording.secrets,
        ...recording.tags,
        ...recording.contacts,
      ]),
    ).toEqual([]);
  });
  it('logs no field that is not allowed', () => {
    const fields = new Set<string>();
    for (const { line } of recording.logs) {
      if (!line.startsWith('{')) continue;
      for (const field of Object.keys(JSON.parse(line) as object)) fields.add(field);
    }
    expect([...fields].filter((field) => !LOG_FIELDS.has(field))).toEqual([]);
  });

  it('mails nothing about the youths or their parents', () => {
    expect(
      search(mailsOf(recording), [...recording.persons, ...recording.secrets, ...recording.tags]),
    ).toEqual([]);
    expect(search(mailsOf(recording), recording.contacts)).not.toEqual([]);
  });
  it('mails no line that is not allowed', () => {
    const lines = recording.mails.flatMap(({ mail }) => mail.text.split('\n').map((line) => line.trimEnd()));
    expect([...new Set(lines.filter((line) => !MAIL_LINES.some((allowed) => allowed.test(line))))]).toEqual(
      [],
    );
  });

  it('keeps nothing of persons, secrets, tags or contacts at the relay', () => {
    expect(
      search(recording.relayStorage, [
        ...recording.persons,
        ...recording.secrets,
        ...recording.tags,
        ...recording.contacts,
      ]),
    ).toEqual([]);
    expect([...recording.relayColumns].sort()).toEqual(RELAY_COLUMNS);
  });
  it('keeps nothing of persons, secrets, tags or contacts at the key holders', () => {
    expect(
      search(recording.keyHolderStorage, [
        ...recording.persons,
        ...recording.secrets,
        ...recording.tags,
        ...recording.contacts,
      ]),
    ).toEqual([]);
    expect([...recording.keyHolderColumns].sort()).toEqual(KEY_HOLDER_COLUMNS);
  });
});

describe('a build that leaks on every channel', () => {
  const NODE = 'apps/regional-node/src';
  /** Each channel leaks something of its own, so that no leak is found for another. */
  const leaks: [string, Change[], (recording: Recording) => string[], string][] = [
    [
      'on the broker',
      [
        {
          file: `${NODE}/handles/secret-queue.js`,
          from: `return personInput(role, 'bsn', input);`,
          to: `void this.hub.now().then((c) => c.publish('vi.v1.up.' + this.config.region + '.heartbeat', Buffer.from(input).toString('base64'))); return personInput(role, 'bsn', input);`,
        },
      ],
      ({ broker, persons }) => search(broker, persons),
      'a BSN, base64',
    ],
    [
      'into the logs',
      [
        {
          file: `${NODE}/signals/signals.service.js`,
          from: `this.logger.event('signal-filed');`,
          to: `this.logger.event('signal-filed', { who: subject.person?.birthDate });`,
        },
      ],
      (recording) => search(logsOf(recording), recording.persons),
      'a birth date, plain',
    ],
    [
      'into the mails',
      [
        {
          file: `${NODE}/signals/signal-filing.js`,
          from: `row.n.padStart(6, '0')}`,
          to: `row.n.padStart(6, '0')} \${subject.person?.name}`,
        },
      ],
      (recording) => search(mailsOf(recording), recording.persons),
      'a name, plain',
    ],
    [
      'into the storage of the relay',
      [
        {
          file: 'apps/national-relay/src/tags/tags.js',
          from: 'rows.map(({ peppered }) => peppered),',
          to: `rows.map(({ put }) => Buffer.from(put.tag, 'base64url')),`,
        },
        {
          file: 'apps/national-relay/src/archive/archive-questions.js',
          from: `this.pepper.tag(Buffer.from(tag, 'base64url'))`,
          to: `Buffer.from(tag, 'base64url')`,
        },
      ],
      ({ relayStorage, tags }) => search(relayStorage, tags),
      'tag, hex',
    ],
    [
      'into the storage of the key holders',
      [
        {
          file: `${NODE}/handles/secret-queue.js`,
          from: 'const input = this.sealingKey',
          to: 'const input = this.leak = this.sealingKey',
        },
        {
          file: `${NODE}/handles/secret-queue.js`,
          from: 'requestId: randomUUID(),',
          to: 'requestId: /^\\d{9}$/.test(this.leak) ? randomUUID().slice(0, 27) + this.leak : randomUUID(),',
        },
      ],
      ({ keyHolderStorage, persons }) => search(keyHolderStorage, persons),
      'a BSN, plain',
    ],
  ];

  let recording: Recording;
  beforeAll(async () => {
    const build = new ChangedBuild(leaks.flatMap(([, changes]) => changes));
    try {
      recording = await record(build.distRoot);
    } finally {
      build.remove();
    }
  });

  it.each(leaks)('%s is caught', (_channel, _changes, searchIn, leaked) => {
    expect(searchIn(recording)).toContain(leaked);
  });
});
