import { readFileSync } from 'node:fs';
import { plainToInstance } from 'class-transformer';
import {
  ArrayNotEmpty,
  IsArray,
  IsEmail,
  IsNotEmpty,
  IsOptional,
  IsString,
  IsUrl,
  validateSync,
} from 'class-validator';
import { parse } from 'yaml';
import { ConfigurationError } from '#libs/configuration';

const ADDRESS = { require_tld: false, require_protocol: true, protocols: ['http', 'https'] };

/** Someone fictional to log in as. Roles and region are shown on the page and told to no app. */
export class Account {
  @IsString() @IsNotEmpty() subject: string;
  @IsString() @IsNotEmpty() name: string;
  @IsEmail() email: string;
  @IsArray() @IsString({ each: true }) roles: string[] = [];
  @IsOptional() @IsString() region?: string;
}

/** An app where people may log in. */
export class ClientApp {
  @IsString() @IsNotEmpty() clientId: string;
  @IsString() @IsNotEmpty() clientSecret: string;
  @IsArray() @ArrayNotEmpty() @IsUrl(ADDRESS, { each: true }) redirectUris: string[];
  @IsArray() @IsUrl(ADDRESS, { each: true }) postLogoutRedirectUris: string[] = [];
}

/** The accounts of a file. @throws ConfigurationError that names the place in the file */
export const loadAccounts = (file: string): Account[] => loadList('ACCOUNTS_FILE', file, Account, 'subject');

/** The clients of a file. @throws ConfigurationError that names the place in the file */
export const loadClients = (file: string): ClientApp[] =>
  loadList('CLIENTS_FILE', file, ClientApp, 'clientId');

function loadList<T extends object>(
  variable: string,
  file: string,
  type: new () => T,
  key: keyof T & string,
): T[] {
  let content: unknown;
  try {
    content = parse(readFileSync(file, 'utf8'));
  } catch {
    throw new ConfigurationError(`${variable}: the file cannot be read as YAML or JSON`);
  }
  if (!Array.isArray(content) || content.length === 0)
    throw new ConfigurationError(`${variable}: must hold a list`);
  const items = plainToInstance(type, content as unknown[], { exposeDefaultValues: true });
  const wrong = items.flatMap((item, index) =>
    validateSync(item, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true }).map(
      ({ property }) => `${variable}: item ${index + 1}: ${property ?? 'not an object'}`,
    ),
  );
  if (wrong.length > 0) throw new ConfigurationError(wrong.join('\n'));
  if (new Set(items.map((item) => item[key])).size < items.length) {
    throw new ConfigurationError(`${variable}: ${key} must differ between items`);
  }
  return items;
}
