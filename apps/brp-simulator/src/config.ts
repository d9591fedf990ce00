import { Transform, Type } from 'class-transformer';
import { IsBoolean, IsInt, IsNotEmpty, IsOptional, IsString, Max, Min, ValidateIf } from 'class-validator';
import { IsReadableFile, loadConfiguration } from '#libs/configuration';

const hasTls = ({ tlsPort }: BrpSimulatorConfiguration): boolean => tlsPort !== undefined;
const Names = () =>
  Transform(({ value }) =>
    typeof value === 'string' ? value.split(',').map((name) => name.trim()) : (value as unknown),
  );

/** The settings of the simulator, each from the environment variable of its name. */
export class BrpSimulatorConfiguration {
  /** HOST: the address to listen on. */
  @IsString()
  @IsNotEmpty()
  host = '127.0.0.1';

  /** PORT: 0 takes any free one. */
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(65_535)
  port = 5010;

  /** STOP_DELAY_SECONDS: how long the simulator goes on serving after it is told to stop. */
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(600)
  stopDelaySeconds = 0;

  /** POPULATION_FILE: a JSON list of `Persoon`; without it the own population is served. */
  @IsOptional()
  @IsString()
  populationFile?: string;

  /** API_KEY: what callers must send as X-API-KEY; without it no key is asked. */
  @IsOptional()
  @IsString()
  apiKey?: string;

  /** TLS_PORT: serves the API here, and no longer on `PORT`, to callers with a client certificate; 0 takes any free one. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(65_535)
  tlsPort?: number;

  /** TLS_CERT_FILE, TLS_KEY_FILE: certificate and key of the server, in PEM. */
  @ValidateIf(hasTls)
  @IsReadableFile()
  tlsCertFile?: string;

  @ValidateIf(hasTls)
  @IsReadableFile()
  tlsKeyFile?: string;

  /** CLIENT_CA_FILE: authorities whose client certificates are accepted, in PEM. */
  @ValidateIf(hasTls)
  @IsReadableFile()
  clientCaFile?: string;

  /** TOKEN_CLIENT_ID: who gets access tokens at `POST /oauth/token`; without it no token is asked. */
  @IsOptional()
  @IsString()
  tokenClientId?: string;

  /** TOKEN_CLIENT_SECRET: the secret of that client. */
  @ValidateIf(
    ({ tokenClientId, tokenClientKeyFile }: BrpSimulatorConfiguration) =>
      tokenClientId !== undefined && tokenClientKeyFile === undefined,
  )
  @IsString()
  @IsNotEmpty()
  tokenClientSecret?: string;

  /** TOKEN_CLIENT_KEY_FILE: the client's public key in PEM; it then signs assertions instead of sending a secret. */
  @IsOptional()
  @IsReadableFile()
  tokenClientKeyFile?: string;

  /** TOKEN_SECONDS: how long a token is valid. */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  tokenSeconds = 300;

  /** REQUIRED_HEADERS: names of headers of the gateway without which a request is refused, separated by commas. */
  @Names()
  @IsString({ each: true })
  requiredHeaders: string[] = [];

  /** FIELDS_NOT_AUTHORISED: fields for which every caller is refused, separated by commas. */
  @Names()
  @IsString({ each: true })
  fieldsNotAuthorised: string[] = [];

  /** SIMULATOR_CONTROL: `true` opens `POST /_simulator/changes`. */
  @Transform(({ value }) => (value === 'true' ? true : value === 'false' ? false : (value as unknown)))
  @IsBoolean()
  simulatorControl = false;

  /** CLOCK_OFFSET_FILE: a file with milliseconds to add to the machine's clock. */
  @IsOptional()
  @IsString()
  clockOffsetFile?: string;
}

/** @throws ConfigurationError that names every variable that is wrong. */
export const readConfiguration = (environment = process.env): BrpSimulatorConfiguration =>
  loadConfiguration(
    BrpSimulatorConfiguration,
    [
      ...([
        'host',
        'port',
        'stopDelaySeconds',
        'populationFile',
        'apiKey',
        'simulatorControl',
        'clockOffsetFile',
      ] as const),
      ...(['tlsPort', 'tlsCertFile', 'tlsKeyFile', 'clientCaFile'] as const),
      ...(['tokenClientId', 'tokenClientSecret', 'tokenClientKeyFile', 'tokenSeconds'] as const),
      ...(['requiredHeaders', 'fieldsNotAuthorised'] as const),
    ],
    environment,
  );
