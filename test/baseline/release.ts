import { execFileSync, type ExecFileSyncOptions } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Log } from '../../deploy/local/log.js';
import { PROJECT_ROOT } from '../../deploy/local/project-root.js';

/** An earlier release, as the history of this repository holds it. */
export interface Release {
  version: string;
  commit: string;
}

/** The release from which upgrades are tested. */
export const BASELINE: Release = { version: '0.1.0', commit: '3c83b1c106a494ebb64de88720112e9f3559d062' };

/** Where the history, the packages and the built releases are. */
export interface Places {
  repository: string;
  cache: string;
}

const PLACES: Places = {
  repository: PROJECT_ROOT,
  cache: path.join(process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'verwijsindex'),
};

/** A built release, or why there is none. */
export type Baseline =
  | {
      /** The unpacked release with its packages and `dist/`. */
      folder: string;
      reason?: undefined;
    }
  | { folder?: undefined; reason: string };

/** The built baseline, for tests that need it; they skip with the reason when there is none. Builds nothing. */
export function baseline({ cache }: Places = PLACES, release = BASELINE): Baseline {
  const folder = releaseFolder(cache, release);
  if (existsSync(folder)) return { folder };
  return { reason: `release ${release.version} is not built: npm run baseline builds it` };
}

/**
 * Rebuilds a release from the history, outside the repository, and returns its folder. Builds in a folder of its own and renames
 * that at the end, so that a release is complete or not there, also when several do this at once. A release that is there stays.
 * Builds the programs without their screens.
 * @throws Error that says what is missing: git, the commit, a package, or what the compiler refuses
 */
export function provideRelease(
  log: Log,
  { repository, cache }: Places = PLACES,
  release: Release = BASELINE,
): string {
  const folder = releaseFolder(cache, release);
  if (existsSync(folder)) {
    log(`release ${release.version} is there: ${folder}`);
    return folder;
  }
  requireCommit(repository, release);
  mkdirSync(cache, { recursive: true });
  removeAbandoned(folder);
  const work = mkdtempSync(`${folder}${UNFINISHED}`);
  try {
    log(`unpacking commit ${release.commit.slice(0, 7)}`);
    unpack(repository, release, work);
    installPackages(repository, work, log);
    log('compiling the programs, without screens');
    run(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], { cwd: work });
    putInPlace(work, folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  log(`release ${release.version} is built: ${folder}`);
  return folder;
}

const UNFINISHED = '.unfinished-';
/** Longer than a build takes on a busy machine. */
const ABANDONED_MS = 3_600_000;

const releaseFolder = (cache: string, { version }: Release): string => path.join(cache, `release-${version}`);

function requireCommit(repository: string, { version, commit }: Release): void {
  try {
    run('git', ['-C', repository, 'rev-parse', '--git-dir']);
  } catch (error) {
    throw new Error(
      isMissing(error)
        ? `release ${version} is built from the history, which needs git`
        : `${repository} has no history to build release ${version} from: ${(error as Error).message}`,
      { cause: error },
    );
  }
  try {
    run('git', ['-C', repository, 'cat-file', '-e', `${commit}^{commit}`]);
  } catch (error) {
    throw new Error(
      `the history of ${repository} lacks commit ${commit} of release ${version}; in a shallow clone: git fetch --unshallow`,
      { cause: error },
    );
  }
}

function unpack(repository: string, { commit }: Release, work: string): void {
  const archive = path.join(work, 'release.tar');
  run('git', ['-C', repository, 'archive', '--format=tar', '-o', archive, commit]);
  run('tar', ['-xf', archive, '-C', work]);
  rmSync(archive);
}

/** Links the packages of the checkout when the release has the same ones, which saves their download; else installs them. */
function installPackages(repository: string, work: string, log: Log): void {
  // the version of the project itself stands in its lock file too, and is no difference
  const lockOf = (folder: string) =>
    readFileSync(path.join(folder, 'package-lock.json'), 'utf8').replaceAll(
      /("name": "verwijsindex",\s+"version": ")[^"]+/g,
      '$1',
    );
  const packages = path.join(repository, 'node_modules');
  if (existsSync(packages) && lockOf(repository) === lockOf(work)) {
    try {
      // hard links: the release keeps its packages when the checkout gets others
      run('cp', ['-al', packages, path.join(work, 'node_modules')]);
      log('the packages are those of the checkout');
      return;
    } catch {
      rmSync(path.join(work, 'node_modules'), { recursive: true, force: true }); // another file system
    }
  }
  log('npm ci');
  run('npm', ['ci', '--no-audit', '--no-fund'], { cwd: work });
}

function putInPlace(work: string, folder: string): void {
  try {
    renameSync(work, folder);
  } catch (error) {
    // somebody else was faster, with the same
    if (!existsSync(folder)) throw error;
  }
}

/** Removes what a build that was killed left behind. */
function removeAbandoned(folder: string): void {
  const parent = path.dirname(folder);
  for (const name of readdirSync(parent)) {
    const at = path.join(parent, name);
    if (!at.startsWith(`${folder}${UNFINISHED}`)) continue;
    if (Date.now() - statSync(at).mtimeMs > ABANDONED_MS) rmSync(at, { recursive: true, force: true });
  }
}

const LAST_LINES = 20;

function run(command: string, args: string[], options: ExecFileSyncOptions = {}): void {
  try {
    execFileSync(command, args, { stdio: 'pipe', maxBuffer: 64 * 1024 ** 2, env: process.env, ...options });
  } catch (error) {
    if (isMissing(error)) throw error;
    const { stdout = '', stderr = '' } = error as { stdout?: Buffer | string; stderr?: Buffer | string };
    const lines = `${String(stdout)}\n${String(stderr)}`.trim().split('\n').slice(-LAST_LINES);
    throw new Error(`${command} ${args.join(' ')} failed:\n${lines.join('\n')}`, { cause: error });
  }
}

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';
