import type { Operation } from './open-api.js';

/** Numbers that follow from a seed alone (mulberry32), so that a run can be repeated. */
export function drawsOf(seed: number) {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    chance: (part: number) => next() < part,
    below: (count: number) => Math.floor(next() * count),
    oneOf: <T>(values: readonly T[]): T => values[Math.floor(next() * values.length)]!,
  };
}
export type Draws = ReturnType<typeof drawsOf>;

interface Schema {
  $ref?: string;
  type?: string;
  enum?: unknown[];
  example?: unknown;
  format?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  oneOf?: Schema[];
  allOf?: Schema[];
  anyOf?: Schema[];
}

const ODD_TEXTS = [
  '',
  ' ',
  '\0',
  '\ud800',
  'x@\udfff.nl',
  '\u202e\u2066',
  '\ufeff',
  'a'.repeat(5_000),
  '__proto__',
  'constructor',
  '${x}',
  "' or 1=1 --",
  '../../etc/passwd',
  '<script>',
  '2026-02-30',
  '9'.repeat(30),
  '%00',
  '\r\nSet-Cookie: a=b',
];
const ODD_VALUES = [null, true, -1, 0, 1.5, 2 ** 31, 2 ** 53, 1e308, [], {}, [[]], [null], { a: { b: {} } }];
const ODD_PARAMETERS = [
  '',
  '0',
  '-1',
  '2147483648',
  '1e9',
  '%00',
  '%ff',
  '%ed%a0%80',
  '..%2f',
  '%F0%9F%98%80',
  'x',
];
const TYPES = [
  'application/json',
  'text/plain',
  'text/csv',
  'application/json; charset=utf-16',
  'application/xml',
];

/** A request that nobody who reads the description would expect, or nearly. */
export interface FuzzedRequest {
  operation: Operation;
  /** Under `/api/v1`, with its query. */
  address: string;
  type?: string;
  body?: string;
}

/** Makes requests from operations of an OpenAPI document. `ids` are of what is there. */
export class Fuzz {
  constructor(
    private readonly draws: Draws,
    private readonly schemas: Record<string, object>,
    private readonly ids: readonly string[],
  ) {}

  requestFor(operation: Operation): FuzzedRequest {
    const { chance, oneOf } = this.draws;
    // with an empty part it would be the address of another operation
    const path = operation.path.replace(/\{\w+\}/g, () =>
      chance(0.5) && this.ids.length > 0 ? oneOf(this.ids) : this.parameter() || 'x',
    );
    const query = operation.parameters
      .filter((parameter) => parameter.in === 'query' && chance(0.7))
      .map(({ name }) => `${name}${chance(0.1) ? '[a]' : ''}=${this.parameter()}`);
    const address = query.length > 0 ? `${path}?${query.join('&')}` : path;
    if (operation.method === 'get') return { operation, address };
    const text = JSON.stringify(this.valueOf(operation.body ?? {}, 0)) ?? 'null';
    return {
      operation,
      address,
      type: chance(0.95) ? TYPES[0]! : oneOf(TYPES),
      body: chance(0.04) ? text.slice(0, text.length / 2) : text,
    };
  }

  private parameter(): string {
    const { chance, oneOf } = this.draws;
    return chance(0.5)
      ? oneOf(ODD_PARAMETERS)
      : encodeURIComponent(oneOf(ODD_TEXTS).replace(/\p{Surrogate}/gu, '?'));
  }

  /** A value for a schema, that now and then is wrong. */
  private valueOf(schema: Schema, level: number): unknown {
    const { chance, oneOf, below } = this.draws;
    if (chance(0.08)) return chance(0.5) ? oneOf(ODD_TEXTS) : oneOf(ODD_VALUES);
    if (level > 12) return null;
    if (schema.$ref) return this.valueOf(this.schemas[schema.$ref.split('/').at(-1)!] as Schema, level + 1);
    const choices = schema.oneOf ?? schema.anyOf ?? schema.allOf;
    if (choices) return this.valueOf(oneOf(choices), level + 1);
    if (schema.enum) return oneOf(schema.enum);
    if (schema.type === 'array')
      return Array.from({ length: chance(0.02) ? 2_000 : below(4) }, () =>
        this.valueOf(schema.items ?? {}, level + 1),
      );
    if (schema.properties) {
      const entries = Object.entries(schema.properties)
        .filter(([name]) => chance(schema.required?.includes(name) ? 0.95 : 0.5))
        .map(([name, each]) => [name, this.valueOf(each, level + 1)] as const);
      if (chance(0.05)) entries.push([oneOf(ODD_TEXTS), 1]);
      return Object.fromEntries(entries);
    }
    if (schema.type === 'boolean') return chance(0.5);
    if (schema.type === 'number' || schema.type === 'integer') return below(100);
    if (schema.format === 'uuid') return this.ids.length > 0 ? oneOf(this.ids) : 'x';
    if (schema.format?.startsWith('date'))
      return oneOf(['2026-12-01', '2012-03-14', '9999-12-31', '0000-00-00']);
    return (
      schema.example ??
      oneOf(['999910000', '030-123 45 67', 'piet@proef.example', 'Proef', 'mn-nieuw', ...ODD_TEXTS])
    );
  }
}
