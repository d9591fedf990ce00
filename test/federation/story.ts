import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node } from 'yaml';
import { Chapter, ExpectRefused, Parallel, STEPS, type Step, type StepClass } from './steps/index.js';

/** What a story may refer to. */
export interface Cast {
  accounts: readonly string[];
  parts: readonly string[];
  regions: readonly string[];
}

/** A story that was read and checked. */
export interface Story {
  /** Its file, or what stands for it. */
  file: string;
  description: string;
  /** Population of the person register, as an absolute path; absent for the own one. */
  population?: string;
  steps: Step[];
}

/** A story that cannot be played. Its message names file, line, step and field of everything that is wrong. */
export class BadStory extends Error {
  override name = 'BadStory';
}

/** Reads and checks a story. @throws BadStory */
export function loadStory(file: string, cast: Cast): Story {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new BadStory(`${file}: the file cannot be read`);
  }
  return parseStory(text, cast, file);
}

/** Reads and checks the text of a story. @param file where it came from: paths in it start there @throws BadStory */
export const parseStory = (text: string, cast: Cast, file: string): Story =>
  new Reader(text, cast, file).story();

/** Whether a story changes something that nothing puts back: it moves the clock, or changes who takes part. */
export const leavesTraces = ({ steps }: Story): boolean =>
  allSteps(steps).some((step) => (step.constructor as StepClass).leavesTraces);

/** Steps with those inside them. */
function allSteps(steps: readonly Step[]): Step[] {
  return steps.flatMap((step) => {
    if (step instanceof Parallel) return [step, ...allSteps(step.steps)];
    return step instanceof ExpectRefused ? [step, ...allSteps([step.when])] : [step];
  });
}

const HEAD = ['description', 'population', 'steps'];

class Reader {
  private readonly lines = new LineCounter();
  private readonly document: Document.Parsed;
  private readonly faults: string[] = [];
  private readonly known = new Set<string>();

  constructor(
    text: string,
    private readonly cast: Cast,
    private readonly file: string,
  ) {
    this.document = parseDocument(text, { lineCounter: this.lines });
    for (const { message } of this.document.errors) this.faults.push(message);
    this.refuseIfFaulty();
  }

  story(): Story {
    const { contents } = this.document;
    if (!isMap(contents)) throw new BadStory(`${this.file}: a story has a description and steps`);
    const head = this.document.toJS() as Record<string, unknown>;
    for (const field of Object.keys(head))
      if (!HEAD.includes(field))
        this.faults.push(`${field}: a story has no such field, only ${HEAD.join(', ')}`);
    const { description } = head;
    if (typeof description !== 'string' || description.trim() === '')
      this.faults.push('description: say in a sentence what the story shows');
    const population = this.population(head.population);
    const steps = this.steps(contents.get('steps', true), 'steps');
    if (steps.length === 0) this.faults.push('steps: there are none');
    this.refuseIfFaulty();
    return {
      file: this.file,
      description: String(description),
      ...(population === undefined ? {} : { population }),
      steps,
    };
  }

  private population(value: unknown): string | undefined {
    if (value === undefined) return undefined;
    const file = typeof value === 'string' ? path.resolve(path.dirname(this.file), value) : '';
    if (!existsSync(file)) this.faults.push(`population: there is no file ${file || 'of that name'}`);
    return file;
  }

  private steps(node: Node | undefined, where: string): Step[] {
    if (!isSeq(node)) {
      this.faults.push(`${where}: must be a list of steps`);
      return [];
    }
    return node.items.flatMap((item, at) => {
      const outer = where === 'steps' ? '' : `${where.replace(/^line \d+, /, '')}, `;
      const step = this.step(item as Node, `line ${this.lineOf(item as Node)}, ${outer}step ${at + 1}`);
      return step ? [step] : [];
    });
  }

  /** A step is one word of the language with its fields: `stop: relay`, `file: { … }`, or the word alone. */
  private step(node: Node, place: string): Step | undefined {
    if (isScalar(node)) return this.build(String(node.value), undefined, place);
    const [pair] = isMap(node) ? node.items : [];
    if (!isMap(node) || !pair || node.items.length !== 1) {
      this.faults.push(`${place}: must be one word of the language with its fields`);
      return undefined;
    }
    return this.build(String(pair.key), pair.value as Node, place);
  }

  private build(word: string, node: Node | undefined, place: string): Step | undefined {
    const type = Object.hasOwn(STEPS, word) ? STEPS[word] : undefined;
    if (!type) {
      this.faults.push(`${place}: there is no “${word}”; there are: ${Object.keys(STEPS).join(', ')}`);
      return undefined;
    }
    const where = `${place} (${word})`;
    const fields: Record<string, unknown> = {};
    if (isMap(node) && !(type.bare && type.bare === type.holds)) {
      for (const { key, value } of node.items)
        fields[String(key)] = this.value(
          type.holds === String(key),
          value as Node,
          `${where}, ${String(key)}`,
        );
    } else if (node && type.bare) {
      fields[type.bare] = this.value(type.holds === type.bare, node, where);
    } else if (node) {
      this.faults.push(`${where}: its fields are missing`);
      return undefined;
    }
    return this.checked(plainToInstance(type, fields), where, type.holds, fields);
  }

  private value(isStep: boolean, node: Node, where: string): unknown {
    if (!isStep) return node.toJS(this.document) as unknown;
    return isSeq(node) ? this.steps(node, where) : this.step(node, where);
  }

  private checked(
    step: Step,
    where: string,
    holds: string | undefined,
    fields: Record<string, unknown>,
  ): Step {
    // the steps inside are built already
    if (holds) Object.assign(step, { [holds]: fields[holds] });
    const errors = validateSync(step, {
      whitelist: true,
      forbidNonWhitelisted: true,
      forbidUnknownValues: false,
    });
    for (const fault of faultsOf(errors)) this.faults.push(`${where}: ${fault}`);
    if (errors.length === 0) this.checkReferences(step, where);
    return step;
  }

  private checkReferences(step: Step, where: string): void {
    const { accounts = [], signals = [], parts = [], regions = [], names } = step.refersTo();
    const check = (what: string, wanted: readonly string[], there: readonly string[]) => {
      for (const name of wanted)
        if (!there.includes(name))
          this.faults.push(
            `${where}: ${what} ${name}${there.length < 20 ? `; there are: ${there.join(', ')}` : ''}`,
          );
    };
    check('nobody has the account', accounts, this.cast.accounts);
    check('no earlier step files a signal called', signals, [...this.known]);
    check('there is no part', parts, this.cast.parts);
    check('there is no region', regions, this.cast.regions);
    if (names === undefined) return;
    if (this.known.has(names)) this.faults.push(`${where}: as: another signal is called ${names} already`);
    this.known.add(names);
  }

  private lineOf(node: Node): number {
    return this.lines.linePos(node.range?.[0] ?? 0).line;
  }

  private refuseIfFaulty(): void {
    if (this.faults.length > 0) throw new BadStory(`${this.file}:\n  ${this.faults.join('\n  ')}`);
  }
}

function faultsOf(errors: readonly ValidationError[], parent = ''): string[] {
  return errors.flatMap(({ property, constraints = {}, children = [] }) => {
    const name = parent ? `${parent}.${property}` : property;
    const own = Object.entries(constraints).map(([constraint, text]) =>
      constraint === 'whitelistValidation' ? `${name}: there is no such field` : `${name}: ${text}`,
    );
    return [...own, ...faultsOf(children, name)];
  });
}

export { Chapter };
