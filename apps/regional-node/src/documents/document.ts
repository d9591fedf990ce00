import { readFileSync } from 'node:fs';
import { ConfigurationError } from '#libs/configuration';
import { invalidParamsOf, type InvalidParam } from '#libs/problems';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { isScalar, LineCounter, parseDocument, visit, type Document } from 'yaml';

/** A document does not say what it should. The message lists every part with its path, in Dutch, for whoever wrote it. */
export class InvalidDocument extends ConfigurationError {
  override name = 'InvalidDocument';

  constructor(
    document: string,
    readonly parts: readonly InvalidParam[],
  ) {
    super(
      `${document} is niet geldig:\n${parts.map(({ name, reason }) => `  - ${name}: ${reason}`).join('\n')}`,
    );
  }
}

/**
 * Reads a YAML text as an instance of a class with class-validator decorators; unknown parts are refused.
 * @param document what to call it in a message: `Het convenant`.
 * @param further rules between the parts, checked when each part by itself is right.
 * @param bounds what is not looked into, of a text that came over HTTP.
 * @throws InvalidDocument with every wrong part.
 */
export function readDocument<T extends object>(
  document: string,
  text: string,
  type: new () => T,
  further: (value: T) => InvalidParam[] = () => [],
  bounds: Bounds = { lines: Infinity, list: Infinity },
): T {
  const value = plainToInstance(type, contentOf(document, text, bounds));
  const wrong = invalidParamsOf(
    validateSync(value, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true }),
  );
  const parts = wrong.length > 0 ? wrong : further(value);
  if (parts.length > 0) throw new InvalidDocument(document, parts);
  return value;
}

/** The text of a file. @throws ConfigurationError that names the variable when it cannot be read. */
export function readDocumentFile(variable: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new ConfigurationError(`${variable}: the file cannot be read`);
  }
}

/** How large a document may be. */
export interface Bounds {
  /** Most lines, with the items that stand on one line. The library needs 25 microseconds for each. */
  lines: number;
  /** Most items of a list. */
  list: number;
}

function contentOf(document: string, text: string, bounds: Bounds): object {
  const refuse = (name: string, reason: string): never => {
    throw new InvalidDocument(document, [{ name, code: 'yaml', reason }]);
  };
  if (hasMoreLines(text, bounds.lines)) refuse('document', 'Dit document heeft te veel onderdelen.');
  const lines = new LineCounter();
  // the library compares every pair of keys when it looks for repeated ones
  const parsed = parseDocument(text, { uniqueKeys: false, lineCounter: lines, prettyErrors: false });
  const lineOf = (at: number) => `regel ${lines.linePos(at).line}`;
  const at = parsed.errors[0]?.pos[0] ?? repeatedKey(parsed);
  if (at !== undefined) refuse(lineOf(at), 'Dit is geen geldige YAML.');
  const longList = startOfList(parsed, bounds.list);
  if (longList !== undefined) refuse(lineOf(longList), 'Deze lijst is te lang.');
  let content: unknown;
  try {
    content = parsed.toJS();
  } catch {
    // more aliases than any document needs
    refuse('document', 'Dit is geen geldige YAML.');
  }
  if (typeof content !== 'object' || content === null || Array.isArray(content))
    return refuse('document', 'Hier staan geen onderdelen.');
  return content;
}

/** Whether a text has more lines, or items on one line: a look at its characters, long before it is parsed. */
function hasMoreLines(text: string, most: number): boolean {
  let lines = 0;
  for (let at = 0; at < text.length && lines <= most; at += 1) if ('\n\r,[{'.includes(text[at]!)) lines += 1;
  return lines > most;
}

/** Where a list with more items begins. */
function startOfList(document: Document, most: number): number | undefined {
  let found: number | undefined;
  visit(document, {
    Seq(_key, { items, range }) {
      if (items.length <= most) return undefined;
      found = range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return found;
}

/** Where a key of a map is written that the map already has. */
function repeatedKey(document: Document): number | undefined {
  let found: number | undefined;
  visit(document, {
    Map(_key, map) {
      const seen = new Set<unknown>();
      for (const { key } of map.items) {
        const name: unknown = isScalar(key) ? key.value : key;
        if (seen.has(name)) {
          found = isScalar(key) ? key.range?.[0] : undefined;
          return visit.BREAK;
        }
        seen.add(name);
      }
      return undefined;
    },
  });
  return found;
}
