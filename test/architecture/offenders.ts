import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const fixtures = path.join(root, 'test/architecture/fixtures');
const settings = ['package.json', 'tsconfig.json', '.dependency-cruiser.cjs', 'eslint.config.js'];

/** The folders of offenders: each carries the name of the rule that it breaks. */
export const offenders = (): string[] => readdirSync(fixtures).sort();

/**
 * Runs a tool of this project on an offender as if it were the project: same settings, same packages, same paths.
 * @returns what the tool wrote to standard output, also when it found something
 */
export async function runOn(offender: string, script: string, args: readonly string[]): Promise<string> {
  const project = mkdtempSync(path.join(os.tmpdir(), 'offender-'));
  try {
    for (const file of settings) cpSync(path.join(root, file), path.join(project, file));
    cpSync(path.join(fixtures, offender), project, { recursive: true });
    symlinkSync(path.join(root, 'node_modules'), path.join(project, 'node_modules'));
    const { stdout, stderr } = await output(path.join(root, 'node_modules', script), args, project);
    if (stdout === '') throw new Error(stderr);
    return stdout;
  } finally {
    rmSync(project, { recursive: true, force: true });
  }
}

function output(
  script: string,
  args: readonly string[],
  cwd: string,
): Promise<{ stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [script, ...args],
      { cwd, maxBuffer: 32 * 1024 * 1024 },
      (_error, stdout, stderr) => resolve({ stdout, stderr }),
    );
  });
}
