import { IsReadableFile } from '#libs/configuration';
import { CLIENT_AUTHENTICATIONS, type ClientAuthentication, type FurtherProvider } from '#libs/login';
import { plainToInstance, Transform } from 'class-transformer';
import {
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  IsUrl,
  Length,
  Matches,
  ValidateBy,
  ValidateIf,
  validateSync,
  type ValidationArguments,
} from 'class-validator';

/** A provider besides the first, as its settings name it; each means what the setting of the first of that name means. */
class FurtherProviderSettings implements FurtherProvider {
  @Matches(/^[a-z][a-z0-9-]{0,30}$/, { message: 'id must be small letters, digits and hyphens' }) id: string;
  @IsString() @Length(1, 80) name: string;
  @IsUrl({ protocols: ['http', 'https'], require_tld: false, require_protocol: true }) issuer: string;
  @IsString() clientId: string;
  @ValidateIf(({ clientKeyFile }) => clientKeyFile === undefined) @IsString() clientSecret?: string;
  @ValidateIf(
    ({ clientKeyFile, clientAuthentication }) =>
      clientKeyFile !== undefined || clientAuthentication === 'private_key_jwt',
  )
  @IsReadableFile()
  clientKeyFile?: string;
  @IsOptional() @IsIn(CLIENT_AUTHENTICATIONS) clientAuthentication?: ClientAuthentication;
  @IsOptional() @Matches(/^[\x21-\x7e]{1,255}$/) subjectClaim?: string;
  @IsOptional() @IsArray() @Matches(/^[\x21-\x7e]{1,255}$/, { each: true }) acrValues?: string[];
}

/** A JSON list of providers. */
export const FurtherProviders = (): PropertyDecorator => (target, property) => {
  Transform(({ value }) => (typeof value === 'string' ? providersIn(value) : (value as unknown)))(
    target,
    property,
  );
  ValidateBy({
    name: 'furtherProviders',
    validator: {
      validate: (value, given) => problemOf(value, given!) === undefined,
      defaultMessage: (given) => problemOf(given!.value, given!)!,
    },
  })(target, property);
};

function providersIn(text: string): unknown {
  try {
    return plainToInstance(FurtherProviderSettings, JSON.parse(text) as unknown);
  } catch {
    return text;
  }
}

function problemOf(value: unknown, { object }: ValidationArguments): string | undefined {
  if (!Array.isArray(value)) return 'must be a JSON list of providers';
  for (const [n, provider] of value.entries()) {
    if (!(provider instanceof FurtherProviderSettings)) return `must be a JSON list of providers (${n + 1})`;
    const [error] = validateSync(provider, { whitelist: true, forbidNonWhitelisted: true });
    if (error) return `provider ${n + 1}: ${Object.values(error.constraints ?? {}).join('; ')}`;
  }
  const providers = value as FurtherProviderSettings[];
  const issuers = [(object as { issuer?: string }).issuer, ...providers.map(({ issuer }) => issuer)];
  if (new Set(issuers).size < issuers.length) return 'names an issuer twice';
  if (new Set(providers.map(({ id }) => id)).size < providers.length) return 'gives an id twice';
  return undefined;
}
