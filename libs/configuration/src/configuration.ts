import { accessSync, constants, readFileSync, statSync } from 'node:fs';
import { isIP } from 'node:net';
import { plainToInstance } from 'class-transformer';
import { ValidateBy, validateSync, type ValidationOptions } from 'class-validator';

/** A setting is missing or wrong. The message names every variable concerned; no value is repeated, since it may be a secret. */
export class ConfigurationError extends Error {
  override name = 'ConfigurationError';
}

/** The environment variable of a property: `databaseUrl` → `DATABASE_URL`. */
export const variableOf = (property: string): string =>
  property.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();

/** The path of a file that can be read at this moment. */
export const IsReadableFile = (): PropertyDecorator =>
  ValidateBy({
    name: 'isReadableFile',
    validator: {
      validate: (path: unknown) => typeof path === 'string' && isReadableFile(path),
      defaultMessage: () => 'names a file that is not there or cannot be read',
    },
  });

/** An IP address, or a network with the length of its prefix. */
export const IsNetwork = (options: ValidationOptions): PropertyDecorator =>
  ValidateBy(
    {
      name: 'isNetwork',
      validator: { validate: (text: unknown) => typeof text === 'string' && isNetwork(text) },
    },
    options,
  );

function isNetwork(text: string): boolean {
  const [address = '', length, ...more] = text.split('/');
  const bits = { 0: -1, 4: 32, 6: 128 }[isIP(address)]!;
  const isLength = length === undefined || (/^\d{1,3}$/.test(length) && Number(length) <= bits);
  return bits > 0 && more.length === 0 && isLength;
}

function isReadableFile(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/**
 * Reads a configuration class from the environment and validates it with its class-validator decorators.
 *
 * Property `databaseUrl` is read from `DATABASE_URL`, or from the file that `DATABASE_URL_FILE` names
 * (secrets as container platforms mount them). Every property of the class needs a decorator; a default is an initialiser.
 * @throws ConfigurationError that names every variable that is missing or wrong.
 */
export function loadConfiguration<T extends object>(
  type: new () => T,
  properties: readonly (keyof T & string)[],
  environment: Record<string, string | undefined>,
): T {
  const plain: Record<string, string> = {};
  const unreadable: string[] = [];
  for (const property of properties) {
    const variable = variableOf(property);
    const value = environment[variable];
    const file = environment[`${variable}_FILE`];
    if (value !== undefined && value !== '') plain[property] = value;
    else if (file) {
      try {
        plain[property] = readFileSync(file, 'utf8').trim();
      } catch {
        unreadable.push(`${variable}_FILE: the file cannot be read`);
      }
    }
  }
  const configuration = plainToInstance(type, plain, { exposeDefaultValues: true });
  const errors = validateSync(configuration, { whitelist: true, forbidUnknownValues: false });
  const wrong = errors.map((error) => {
    const reasons = Object.values(error.constraints ?? { invalid: 'is not valid' });
    const reason = reasons.map((text) => text.replace(error.property, '').trim()).join('; ');
    return `${variableOf(error.property)}: ${reason}${plain[error.property] === undefined ? ' (it is not set)' : ''}`;
  });
  if (wrong.length + unreadable.length > 0) {
    throw new ConfigurationError(
      `The configuration is not complete. Set or correct:\n${[...unreadable, ...wrong].map((line) => `  - ${line}`).join('\n')}`,
    );
  }
  return configuration;
}
