import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { type Log } from './log.js';
import { atLeast, LEAST_NATS_VERSION } from './nats-version.js';

const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';
const SUITES = ['forky', 'sid'];

/**
 * Unpacks package `nats-server` of the first newer Debian suite that has one new enough into `work`, and gives the
 * path of the server. Works without root and leaves the package lists and the installed packages of the machine alone:
 * apt gets a sources list, list folder and cache of its own, and checks the suite's signature with Debian's keyring.
 * Undefined where apt or that keyring is missing.
 */
export async function unpackNatsFromDebian(work: string, log: Log): Promise<string | undefined> {
  if (!existsSync('/usr/bin/apt-get') || !existsSync(KEYRING)) return undefined;
  const mirror = await debianMirror();
  for (const suite of SUITES) {
    log(`reading the package list of Debian ${suite} (about 10 MB) from ${mirror}`);
    const apt = await aptOnly(path.join(work, suite), mirror, suite);
    await apt('apt-get', '-qq', 'update');
    const versions = await apt('apt-cache', 'madison', 'nats-server');
    const version = versions.split('|')[1]?.trim();
    if (!version || !atLeast(version, LEAST_NATS_VERSION)) {
      log(`Debian ${suite} has nats-server ${version ?? 'not'}, passing over it`);
      continue;
    }
    log(`downloading nats-server ${version} of Debian ${suite}`);
    await apt('apt-get', '-qq', 'download', `nats-server=${version}`);
    const folder = path.join(work, suite);
    const archive = readdirSync(folder).find((name) => name.endsWith('.deb'));
    if (!archive) throw new Error(`apt-get downloaded no package of Debian ${suite}`);
    const root = path.join(folder, 'root');
    await run('dpkg-deb', ['-x', path.join(folder, archive), root]);
    return path.join(root, 'usr', 'sbin', 'nats-server');
  }
  throw new Error(`none of Debian ${SUITES.join(', ')} has nats-server ${LEAST_NATS_VERSION} or newer`);
}

/** The mirror of Debian's main archive that the machine itself uses, else Debian's own address. */
async function debianMirror(): Promise<string> {
  const targets = await run('apt-get', ['indextargets', '--format', '$(SITE)', 'Created-By: Packages']);
  return targets.split('\n').find((site) => /\/debian\/?$/.test(site)) ?? 'http://deb.debian.org/debian';
}

/** apt programs in `folder`, that know nothing but one suite of one mirror. */
async function aptOnly(folder: string, mirror: string, suite: string) {
  for (const name of ['lists/partial', 'cache/archives/partial'])
    mkdirSync(path.join(folder, name), { recursive: true });
  const sources = path.join(folder, 'sources.list');
  writeFileSync(sources, `deb [signed-by=${KEYRING}] ${mirror} ${suite} main\n`);
  const options = [
    `Dir::Etc::sourcelist=${sources}`,
    'Dir::Etc::sourceparts=-',
    `Dir::State::lists=${path.join(folder, 'lists')}`,
    `Dir::Cache=${path.join(folder, 'cache')}`,
    `APT::Sandbox::User=${os.userInfo().username}`,
    'Acquire::Languages=none',
    'Acquire::Retries=2',
    'Acquire::http::Timeout=30',
  ].flatMap((option) => ['-o', option]);
  return (program: string, ...args: string[]) => run(program, [...options, ...args], folder);
}

async function run(program: string, args: string[], cwd = '/'): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(program, args, {
      cwd,
      timeout: 300_000,
      maxBuffer: 16e6,
      env: { ...process.env, LC_ALL: 'C' },
    });
    return stdout;
  } catch (error) {
    const { stderr, message } = error as { stderr?: string; message: string };
    throw new Error(`${program} failed: ${(stderr || message).trim().split('\n').slice(0, 3).join(' ')}`, {
      cause: error,
    });
  }
}
