import { invalidField } from './problem.js';

/** More values than any request of the API has; validating many more would keep everybody else waiting. */
const MOST_VALUES = 1_000;
/** Deeper than any request of the API. Code that walks a body calls itself once for each level. */
const MOST_LEVELS = 10;

/** Refuses a parsed body with too many values or levels, before anything walks all of it. @throws Problem `invalid-input` */
export function refuseUnboundedBody(body: unknown): void {
  if (!isContainer(body)) return;
  let values = 0;
  // of each value that is yet to be looked into: the field of the body that it belongs to
  const left: { value: object; field: string; level: number }[] = [{ value: body, field: 'body', level: 0 }];
  for (let next = left.pop(); next; next = left.pop()) {
    for (const key in next.value) {
      values += 1;
      const field = next.level === 0 ? shown(key) : next.field;
      if (values > MOST_VALUES)
        throw invalidField(next.field, 'tooMany', 'Hier staan te veel gegevens. Verstuur minder tegelijk.');
      const value = (next.value as Record<string, unknown>)[key];
      if (!isContainer(value)) continue;
      if (next.level === MOST_LEVELS)
        throw invalidField(next.field, 'tooDeep', 'Deze gegevens zitten te diep in elkaar.');
      left.push({ value, field, level: next.level + 1 });
    }
  }
}

const isContainer = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** A field that may be one of the API's; anything else may be a datum, and is not repeated. */
const shown = (key: string): string => (/^[a-zA-Z]{1,40}$/.test(key) ? key : 'body');
