import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { baseline, provideRelease, type Release } from './release.js';

/** Stands for the compiler: notes what it was given, or fails. */
const COMPILER = `
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
if (existsSync('broken.ts')) { console.log('broken.ts(1,1): error'); process.exit(2); }
mkdirSync('dist');
writeFileSync('dist/made.txt', [...process.argv.slice(2), readFileSync('program.txt', 'utf8')].join(' '));
`;

describe('an earlier release', () => {
  let folder: string;
  let repository: string;
  let cache: string;
  let release: Release;
  const said: string[] = [];
  const provide = () => provideRelease((line) => said.push(line), { repository, cache }, release);
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', repository, '-c', 'user.name=x', '-c', 'user.email=x@example', ...args], {
      encoding: 'utf8',
      stdio: 'pipe',
    }).trim();
  const write = (name: string, text: string) => {
    mkdirSync(path.dirname(path.join(repository, name)), { recursive: true });
    writeFileSync(path.join(repository, name), text);
  };
  const commit = (): string => {
    git('add', '.');
    git('commit', '-q', '-m', 'next');
    return git('rev-parse', 'HEAD');
  };

  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'release-spec-'));
    repository = path.join(folder, 'repository');
    cache = path.join(folder, 'cache');
    said.length = 0;
    mkdirSync(repository);
    git('init', '-q');
    write('.gitignore', 'node_modules\n');
    write('package.json', '{ "type": "module" }');
    write('package-lock.json', '{}');
    write('program.txt', 'old');
    write('node_modules/typescript/bin/tsc', COMPILER);
    write('node_modules/typescript/package.json', '{ "type": "module" }');
    release = { version: '9.9.9', commit: commit() };
    write('program.txt', 'new');
    commit();
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is built from its commit, outside the checkout, and stays', () => {
    expect(baseline({ repository, cache }, release)).toEqual({
      reason: expect.stringContaining('npm run baseline'),
    });
    const built = provide();
    expect(readFileSync(path.join(built, 'dist/made.txt'), 'utf8')).toBe('-p tsconfig.build.json old');
    expect(readdirSync(cache)).toEqual(['release-9.9.9']);
    expect(baseline({ repository, cache }, release)).toEqual({ folder: built });
    expect(git('status', '--short')).toBe('');

    said.length = 0;
    writeFileSync(path.join(built, 'dist/made.txt'), 'kept');
    expect(provide()).toBe(built);
    expect(said).toEqual([`release 9.9.9 is there: ${built}`]);
    expect(readFileSync(path.join(built, 'dist/made.txt'), 'utf8')).toBe('kept');
  });

  it('keeps its packages when the checkout gets others', () => {
    const built = provide();
    expect(said).toContain('the packages are those of the checkout');
    rmSync(path.join(repository, 'node_modules'), { recursive: true });
    expect(readFileSync(path.join(built, 'node_modules/typescript/bin/tsc'), 'utf8')).toBe(COMPILER);
  });

  it('is not there when its build fails, and says what the compiler said', () => {
    write('broken.ts', '');
    release = { ...release, commit: commit() };
    expect(provide).toThrow('broken.ts(1,1): error');
    expect(readdirSync(cache)).toEqual([]);
    expect(baseline({ repository, cache }, release).folder).toBeUndefined();
  });

  it('takes the place of no build that was faster', () => {
    const faster = path.join(cache, 'release-9.9.9');
    write(
      'node_modules/typescript/bin/tsc',
      `import { mkdirSync } from 'node:fs'; mkdirSync('${faster}/theirs', { recursive: true });`,
    );
    expect(provide()).toBe(faster);
    expect(readdirSync(faster)).toEqual(['theirs']);
    expect(readdirSync(cache)).toEqual(['release-9.9.9']);
  });

  it('leaves a build that is at work alone, and removes one that was killed', () => {
    const [atWork, killed] = ['a', 'b'].map((name) => path.join(cache, `release-9.9.9.unfinished-${name}`));
    for (const at of [atWork!, killed!]) mkdirSync(at, { recursive: true });
    utimesSync(killed!, 0, 0);
    provide();
    expect([existsSync(atWork!), existsSync(killed!)]).toEqual([true, false]);
  });

  it('says what is missing: the commit, the history, git', () => {
    release = { ...release, commit: '0'.repeat(40) };
    expect(provide).toThrow(
      /lacks commit 0{40} of release 9\.9\.9; in a shallow clone: git fetch --unshallow/,
    );
    rmSync(path.join(repository, '.git'), { recursive: true });
    expect(provide).toThrow(/has no history to build release 9\.9\.9 from/);
    const { PATH } = process.env;
    process.env.PATH = folder;
    try {
      expect(provide).toThrow('release 9.9.9 is built from the history, which needs git');
    } finally {
      process.env.PATH = PATH;
    }
    expect(existsSync(cache)).toBe(false);
  });
});
