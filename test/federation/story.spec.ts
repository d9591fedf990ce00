import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { compiled } from '../../deploy/local/project-root.js';
import { demoCast } from './play.js';
import { BadStory, loadStory, leavesTraces, parseStory, type Story } from './story.js';
import { type ExpectMail, FileSignal } from './steps/index.js';

const STORIES = path.join(import.meta.dirname, 'stories');
const cast = demoCast();
const read = (steps: string): Story =>
  parseStory(`description: A case.\nsteps:\n${steps}`, cast, 'case.yaml');
const faultOf = (steps: string): string => {
  try {
    read(steps);
    return 'accepted';
  } catch (error) {
    if (error instanceof BadStory) return error.message;
    throw error;
  }
};
const FILE = `  - file: { who: mn-leerkracht, youth: { bsn: '999910000', birthDate: '2012-03-14' }, as: first }\n`;

describe('a story', () => {
  it('is read with its steps and what they hold', () => {
    const { steps } = read(
      `${FILE}  - parallel:\n      - stop: relay\n      - advance time: { days: 2 }\n  - expect mail: { to: mn-leerkracht, not containing: Voorbeeld }\n  - settle\n`,
    );
    expect(steps.map((step) => step.title())).toEqual([
      'mn-leerkracht files a signal (first)',
      'at the same instant: relay is stopped; 2 days pass',
      'mail to mn-leerkracht',
      'everything arrives',
    ]);
    expect(steps[0]).toBeInstanceOf(FileSignal);
    expect((steps[2] as ExpectMail)['not containing']).toEqual(['Voorbeeld']);
  });

  it('leaves traces also when a step inside another does', () => {
    expect(leavesTraces(read(`  - parallel:\n      - advance time: { days: 2 }\n`))).toBe(true);
    expect(leavesTraces(read(FILE))).toBe(false);
  });

  it.each(readdirSync(STORIES))('of this project is well-formed: %s', (name) => {
    expect(loadStory(path.join(STORIES, name), cast).steps.length).toBeGreaterThan(3);
  });
});

describe('a story that is not well-formed is refused, and told', () => {
  it.each([
    [
      'that a word is unknown',
      `  - wait: { seconds: 3 }`,
      /line 3, step 1: there is no “wait”; there are: .*file/,
    ],
    ['which field is missing', `  - file: { who: mn-leerkracht }`, /line 3, step 1 \(file\): youth: /],
    [
      'which field is unknown',
      `${FILE}  - expect no mail: { too: mn-leerkracht, to: mn-jeugdzorg }`,
      /line 4, step 2 \(expect no mail\): too: there is no such field/,
    ],
    [
      'which field inside a field is unknown',
      `  - file: { who: mn-leerkracht, youth: { bns: '1' } }`,
      /step 1 \(file\): youth\.bns: there is no such field/,
    ],
    [
      'that a number must be a text',
      `  - file: { who: mn-leerkracht, youth: { bsn: 999910000 } }`,
      /youth\.bsn: .*between quotes/,
    ],
    ['who does not exist', `  - file: { who: mn-nobody, youth: {} }`, /nobody has the account mn-nobody/],
    [
      'which signal was not filed',
      `  - end: { signal: first, reason: risk-gone }\n${FILE}`,
      /step 1 \(end\): no earlier step files a signal called first/,
    ],
    ['which name is given twice', FILE + FILE, /line 4, step 2 \(file\): as: another signal is called first/],
    [
      'which part there is not',
      `  - stop: key-holder 4`,
      /step 1 \(stop\): there is no part key-holder 4; there are: .*relay/,
    ],
    [
      'which kind of match there is not',
      `${FILE}  - expect match: { of: first, kind: cousins, with: mn-jeugdzorg }`,
      /step 2 \(expect match\): kind: .*same-youth, sibling/,
    ],
    [
      'what is wrong inside a step',
      `  - parallel:\n      - stop: relay\n      - stop: nothing`,
      /line 5, step 1 \(parallel\), step 2 \(stop\): there is no part nothing/,
    ],
    [
      'that nothing is asked of a refusal',
      `  - expect refused: { code: not-found, when: { stop: relay } }`,
      /when: .*file, link, end, confirm or contact made/,
    ],
    ['that fields are missing altogether', `  - file`, /step 1 \(file\): who: /],
    ['that a step is no step', `  - { stop: relay, start: relay }`, /line 3, step 1: must be one word/],
  ])('%s', (_what, steps, message) => {
    expect(faultOf(steps)).toMatch(message);
  });

  it('everything that is wrong at once', () => {
    const fault = faultOf(`  - stop: nothing\n  - wait\n`);
    expect(fault).toMatch(/step 1[^]*step 2/);
  });

  it('what is wrong with its head, or that it is no YAML', () => {
    const parse = (text: string) => () => parseStory(text, cast, 'case.yaml');
    expect(parse('steps: []')).toThrow(/description: [^]*steps: there are none/);
    expect(parse('description: x\nauthor: y\nsteps: [settle]')).toThrow(/author: a story has no such field/);
    expect(parse('description: x\npopulation: none.json\nsteps: [settle]')).toThrow(
      /population: there is no file .*none\.json/,
    );
    expect(parse('description: "x')).toThrow(BadStory);
    expect(parse('just a text')).toThrow(/a story has a description and steps/);
    expect(() => loadStory('/nowhere/x.yaml', cast)).toThrow(/the file cannot be read/);
  });
});

describe('the scenario', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'scenario-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const scenario = (...args: string[]) =>
    spawnSync(process.execPath, [compiled('test/federation/scenario.ts'), ...args], { encoding: 'utf8' });

  it('refuses a bad story before it starts anything', () => {
    const file = path.join(folder, 'bad.yaml');
    writeFileSync(file, 'description: x\nsteps:\n  - stop: everything\n');
    const { status, stdout, stderr } = scenario('--story', file);
    expect(stderr).toMatch(/line 3, step 1 \(stop\): there is no part everything/);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  });

  it('refuses files that are not there, and options that it does not know', () => {
    expect(scenario('--population', 'nowhere.json').stderr).toMatch(/there is no file .*nowhere\.json/);
    expect(scenario('--story', 'nowhere').stderr).toMatch(/nowhere: the file cannot be read/);
    expect(scenario('--stories', 'x').stderr).toMatch(/--stories/);
    expect(scenario('--help')).toMatchObject({ status: 0, stdout: expect.stringContaining('--story FILE') });
  });
});
