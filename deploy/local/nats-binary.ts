import { execFile, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { unpackNatsFromDebian } from './debian-nats.js';
import { type Log } from './log.js';
import { NATS_RELEASE, type NatsRelease } from './nats-release.js';
import { atLeast, LEAST_NATS_VERSION } from './nats-version.js';
import { PROJECT_ROOT } from './project-root.js';

/** Folders that keep a nats-server between runs: of the checkout, and of the account where the checkout is closed to it. */
export const natsCacheFolders = (): string[] => [
  path.join(PROJECT_ROOT, '.cache', 'nats'),
  path.join(os.homedir(), '.cache', 'verwijsindex', 'nats'),
];

/** Where a nats-server may be, in order of preference. */
export const natsCandidates = (): string[] => [
  ...(process.env.NATS_SERVER_BIN ? [process.env.NATS_SERVER_BIN] : []),
  ...[
    ...(process.env.PATH ?? '').split(path.delimiter).filter(Boolean),
    ...['/usr/sbin', '/usr/local/sbin', '/usr/local/bin', '/opt/homebrew/bin'],
    ...natsCacheFolders(),
  ].map((folder) => path.join(folder, 'nats-server')),
];

/** Gives the first candidate that runs and is new enough; says of an older one that it is passed over. */
export function findNatsServer(
  log: Log = () => undefined,
  candidates = natsCandidates(),
): string | undefined {
  return [...new Set(candidates)].find((candidate) => {
    if (!existsSync(candidate)) return false;
    const version = natsVersion(candidate);
    if (version && atLeast(version, LEAST_NATS_VERSION)) return true;
    log(
      `passing over ${candidate}: ${version ? `version ${version} is older than ${LEAST_NATS_VERSION}` : 'it does not run'}`,
    );
    return false;
  });
}

function natsVersion(bin: string): string | undefined {
  const asked = spawnSync(bin, ['--version'], { encoding: 'utf8', timeout: 10_000 });
  return asked.status === 0 ? /v?(\d+\.\d+\.\d+\S*)/.exec(asked.stdout)?.[1] : undefined;
}

/**
 * Gives the path of a nats-server that is new enough: one that is there, else one that it gets (from a newer suite on
 * Debian, unpacked aside and not installed; else the release archive) and keeps in the cache folder.
 * Several may do this at once: each works in a folder of its own, and the last step is a rename.
 */
export async function provideNatsServer({ log = () => undefined }: { log?: Log } = {}): Promise<string> {
  const found = findNatsServer(log);
  if (found) return found;
  const failures: string[] = [];
  for (const get of [unpackNatsFromDebian, downloadNats]) {
    const work = mkdtempSync(path.join(os.tmpdir(), 'nats-server-'));
    try {
      const bin = await get(work, log);
      if (!bin) continue;
      const version = natsVersion(bin);
      if (!version || !atLeast(version, LEAST_NATS_VERSION))
        throw new Error(`it is version ${version ?? 'unknown'}`);
      return keep(bin);
    } catch (error) {
      failures.push((error as Error).message);
      log((error as Error).message);
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  }
  throw new Error(
    [
      `no nats-server ${LEAST_NATS_VERSION} or newer found, and none could be fetched:`,
      ...failures.map((failure) => `  ${failure}`),
      'Install one (https://github.com/nats-io/nats-server/releases) and set NATS_SERVER_BIN to its path.',
    ].join('\n'),
  );
}

function keep(bin: string): string {
  const folder = natsCacheFolders().find(writable);
  if (!folder) throw new Error(`no folder to keep nats-server in: ${natsCacheFolders().join(', ')}`);
  const unfinished = path.join(folder, `nats-server.${process.pid}`);
  copyFileSync(bin, unfinished);
  chmodSync(unfinished, 0o755);
  renameSync(unfinished, path.join(folder, 'nats-server'));
  return path.join(folder, 'nats-server');
}

function writable(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Downloads the release archive for this platform into `work`, checks its SHA-256, and gives the path of the unpacked
 * server. Nothing is unpacked when the checksum differs.
 */
export async function downloadNats(
  work: string,
  log: Log,
  release: NatsRelease = NATS_RELEASE,
): Promise<string> {
  const platform = `${process.platform}-${process.arch === 'x64' ? 'amd64' : process.arch}`;
  const name = `nats-server-v${release.version}-${platform}`;
  const address = `${release.address}/${name}.tar.gz`;
  log(`downloading ${address}`);
  const expected = release.sha256[platform] ?? (await publishedChecksum(release, `${name}.tar.gz`));
  const archive = Buffer.from(await (await get(address)).arrayBuffer());
  const actual = createHash('sha256').update(archive).digest('hex');
  if (actual !== expected)
    throw new Error(`${address} has SHA-256 ${actual}, expected ${expected}: not used`);
  log(`unpacking ${(archive.length / 1e6).toFixed(0)} MB`);
  const file = path.join(work, 'archive.tar.gz');
  writeFileSync(file, archive);
  await promisify(execFile)('tar', ['-xzf', file, '-C', work, `${name}/nats-server`]);
  return path.join(work, name, 'nats-server');
}

/** The checksum from the release itself: guards against a damaged download, not against a forged release. */
async function publishedChecksum(release: NatsRelease, archive: string): Promise<string> {
  const list = await (await get(`${release.address}/SHA256SUMS`)).text();
  const line = list
    .split('\n')
    .find((one) => one.trim().endsWith(` ${archive}`) || one.trim().endsWith(`*${archive}`));
  const checksum = line?.trim().split(/\s/)[0];
  if (!checksum) throw new Error(`${release.address}/SHA256SUMS does not list ${archive}`);
  return checksum;
}

async function get(address: string): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(address, { signal: AbortSignal.timeout(300_000) });
  } catch (error) {
    const { cause } = error as { cause?: { code?: string } };
    throw new Error(`${address} could not be fetched (${cause?.code ?? (error as Error).name})`, {
      cause: error,
    });
  }
  if (!response.ok) throw new Error(`${address} could not be fetched (status ${response.status})`);
  return response;
}
