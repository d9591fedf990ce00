import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Files of the project; those that git ignores are none. */
function files(): string[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
  });
  return listed
    .toString('utf8')
    .split('\n')
    .filter((file) => file !== '' && existsSync(path.join(root, file)));
}
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const isInGit = existsSync(path.join(root, '.git'));

// a copy without its history cannot tell its files from what was built or stored beside them
(isInGit ? describe : describe.skip)('the documents', () => {
  it('link only to what is there', () => {
    const documents = files().filter((file) => file.endsWith('.md'));
    expect(documents.length).toBeGreaterThan(10);
    const broken = documents.flatMap((document) =>
      [...read(document).matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)(?:#[^)]*)?\)/g)]
        .map(([, target]) => target!)
        .filter((target) => !existsSync(path.join(root, path.dirname(document), target)))
        .map((target) => `${document} -> ${target}`),
    );
    expect(broken).toEqual([]);
  });

  it('and the code name no folder of the machine on which they were written', () => {
    const home = /(?<![\w.~}$:-])\/(?:work|root|home|Users)\/[\w.-]+/;
    const named = files()
      .filter((file) => !/^(package-lock\.json|LICENSE)$/.test(file))
      .flatMap((file) =>
        read(file)
          .split('\n')
          .flatMap((line, at) => (home.test(line) ? [`${file}:${at + 1} ${home.exec(line)![0]}`] : [])),
      );
    expect(named).toEqual([]);
  });
});
