import { readFileSync } from 'node:fs';
import { ConfigurationError } from '#libs/configuration';
import { invalidParamsOf, type InvalidParam } from '#libs/problems';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { parse, YAMLParseError } from 'yaml';

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
 * @throws InvalidDocument with every wrong part.
 */
export function readDocument<T extends object>(
  document: string,
  text: string,
  type: new () => T,
  further: (value: T) => InvalidParam[] = () => [],
): T {
  const value = plainToInstance(type, contentOf(document, text));
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

function contentOf(document: string, text: string): object {
  let content: unknown;
  try {
    content = parse(text);
  } catch (error) {
    const line = error instanceof YAMLParseError ? error.linePos?.[0].line : undefined;
    const name = line === undefined ? 'document' : `regel ${line}`;
    throw new InvalidDocument(document, [{ name, code: 'yaml', reason: 'Dit is geen geldige YAML.' }]);
  }
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    throw new InvalidDocument(document, [
      { name: 'document', code: 'yaml', reason: 'Hier staan geen onderdelen.' },
    ]);
  }
  return content;
}
