import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PROJECT_ROOT } from '../../deploy/local/project-root.js';

/** One line of a program changed. */
export interface Change {
  /** Path below `dist/`. */
  file: string;
  from: string;
  to: string;
}

/**
 * A copy of the built programs with some lines changed, so that a test can show that it notices. Each line to be changed must be
 * there exactly once: a program that has been rewritten since must not make the control pass.
 */
export class ChangedBuild {
  readonly distRoot: string;
  private readonly folder = mkdtempSync(path.join(tmpdir(), 'changed-build-'));

  constructor(changes: readonly Change[]) {
    this.distRoot = path.join(this.folder, 'dist');
    for (const part of ['apps', 'libs'])
      cpSync(path.join(PROJECT_ROOT, 'dist', part), path.join(this.distRoot, part), { recursive: true });
    cpSync(path.join(PROJECT_ROOT, 'package.json'), path.join(this.folder, 'package.json'));
    symlinkSync(path.join(PROJECT_ROOT, 'node_modules'), path.join(this.folder, 'node_modules'));
    for (const { file, from, to } of changes) {
      const target = path.join(this.distRoot, file);
      const [before, after, ...more] = readFileSync(target, 'utf8').split(from);
      if (before === undefined || after === undefined || more.length > 0)
        throw new Error(`${file} does not hold exactly once: ${from}`);
      writeFileSync(target, before + to + after);
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
