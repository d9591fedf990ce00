import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { downloadNats, findNatsServer } from './nats-binary.js';
import { type NatsRelease } from './nats-release.js';
import { atLeast } from './nats-version.js';

const silent = () => undefined;
let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'nats-spec-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const script = (name: string, text: string): string => {
  const file = path.join(folder, name);
  writeFileSync(file, `#!/bin/sh\n${text}\n`);
  chmodSync(file, 0o755);
  return file;
};
const reporting = (version: string) => script(`nats-${version}`, `echo "nats-server: v${version}"`);

describe('choosing a nats-server', () => {
  it.each([
    ['2.15.1', true],
    ['2.15.10', true],
    ['2.16.0-1', true],
    ['3.0.0', true],
    ['2.15.0', false],
    ['2.9.10', false],
    ['1.99.99', false],
  ])('judges version %s by its numbers, not by its letters: %s', (version, enough) => {
    expect(atLeast(version, '2.15.1')).toBe(enough);
  });

  it('takes the first that runs and is new enough, and says of the others why not', () => {
    const said: string[] = [];
    const [old, broken, good, newer] = [
      reporting('2.10.27'),
      script('broken', 'exit 3'),
      reporting('2.15.1'),
      reporting('2.16.0'),
    ];
    const found = findNatsServer(
      (line) => said.push(line),
      [path.join(folder, 'absent'), old, broken, good, newer],
    );
    expect(found).toBe(good);
    expect(said).toEqual([
      `passing over ${old}: version 2.10.27 is older than 2.15.1`,
      `passing over ${broken}: it does not run`,
    ]);
  });

  it('finds none where all are too old', () => {
    expect(findNatsServer(silent, [reporting('2.9.10')])).toBeUndefined();
  });
});

describe('downloading a release of nats-server', () => {
  const platform = `${process.platform}-${process.arch === 'x64' ? 'amd64' : process.arch}`;
  const name = `nats-server-v9.9.9-${platform}`;
  let server: Server;
  let release: NatsRelease;
  let checksum: string;
  let served: string;

  beforeEach(async () => {
    served = path.join(folder, 'served');
    mkdirSync(path.join(served, name), { recursive: true });
    writeFileSync(path.join(served, name, 'nats-server'), '#!/bin/sh\necho "nats-server: v9.9.9"\n', {
      mode: 0o755,
    });
    const archive = path.join(served, `${name}.tar.gz`);
    execFileSync('tar', ['-czf', archive, '-C', served, name]);
    checksum = createHash('sha256').update(readFileSync(archive)).digest('hex');
    server = createServer((request, response) => {
      const file = path.join(served, path.basename(request.url!));
      if (!existsSync(file)) return void response.writeHead(404).end();
      response.end(readFileSync(file));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    release = { version: '9.9.9', address: `http://127.0.0.1:${port}`, sha256: { [platform]: checksum } };
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  const workFolder = () => mkdtempSync(path.join(folder, 'work-'));

  it('gives a server that runs', async () => {
    const bin = await downloadNats(workFolder(), silent, release);
    expect(execFileSync(bin, ['--version'], { encoding: 'utf8' })).toBe('nats-server: v9.9.9\n');
  });

  it('refuses an archive with another checksum, and unpacks nothing', async () => {
    const work = workFolder();
    const forged = { ...release, sha256: { [platform]: '0'.repeat(64) } };
    await expect(downloadNats(work, silent, forged)).rejects.toThrow(
      `has SHA-256 ${checksum}, expected ${'0'.repeat(64)}: not used`,
    );
    expect(readdirSync(work)).toEqual([]);
  });

  it('asks the release for the checksum on a platform that the table does not know', async () => {
    const unknown = { ...release, sha256: {} };
    await expect(downloadNats(workFolder(), silent, unknown)).rejects.toThrow(
      /SHA256SUMS could not be fetched \(status 404\)/,
    );
    writeFileSync(path.join(served, 'SHA256SUMS'), `${'1'.repeat(64)}  other.tar.gz\n`);
    await expect(downloadNats(workFolder(), silent, unknown)).rejects.toThrow(/SHA256SUMS does not list/);
    writeFileSync(
      path.join(served, 'SHA256SUMS'),
      `${'1'.repeat(64)}  other.tar.gz\n${checksum}  ${name}.tar.gz\n`,
    );
    expect(existsSync(await downloadNats(workFolder(), silent, unknown))).toBe(true);
  });

  it('says so when the release cannot be reached', async () => {
    const away = { ...release, address: 'http://127.0.0.1:9' };
    await expect(downloadNats(workFolder(), silent, away)).rejects.toThrow(/could not be fetched/);
  });
});
