import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, IsUrl, Matches, Max, Min } from 'class-validator';
import { ConfigurationError, IsReadableFile, loadConfiguration } from '#libs/configuration';
import { PARTY_ID, WIRE, WIRES, type Wire } from '#libs/protocol';
import { isKeyPair } from './keys/index.js';

const Url = (...protocols: string[]) => IsUrl({ protocols, require_tld: false, require_protocol: true });
const AsymmetricKey = () => Matches(/^[A-Za-z0-9_-]{43}$/, { message: 'must be 32 bytes in base64url' });

/** The settings of a key holder, each read from the environment variable of its name (`databaseUrl`: `DATABASE_URL`). */
export class KeyHolderConfig {
  /** Name of this key holder, as in the region register: `holder-1`. */
  @Matches(PARTY_ID, { message: 'must be a name in small letters, digits and hyphens' }) keyHolder: string;

  /** Health and figures only; evaluation comes in over the hub. */
  @IsString() host = '0.0.0.0';
  /** 0 takes a free port. */
  @Type(() => Number) @IsInt() @Min(0) @Max(65_535) port = 8080;
  /** Seconds that the program goes on serving after it is told to stop, so that a load balancer notices. */
  @Type(() => Number) @IsInt() @Min(0) @Max(600) stopDelaySeconds = 0;
  @IsIn(['trace', 'debug', 'info', 'warn', 'error', 'fatal']) logLevel = 'info';

  @Url('postgres', 'postgresql') databaseUrl: string;
  /** Seals the share and the state of the ceremony at rest. Losing it loses the share; it lives outside the database. */
  @Matches(/^[A-Za-z0-9+/]{43}=$/, {
    message: 'must be 32 random bytes in base64 (openssl rand -base64 32)',
  })
  shareKey: string;

  /** Address of the national hub: `tls://host:4222`. */
  @Url('tls') natsUrl: string;
  /** Authority that vouches for the hub, in PEM; read again at every connection, as the next two are. */
  @IsReadableFile() natsCaFile: string;
  /** Certificate that the hub knows this party by, and its private key, in PEM. The register names its subject. */
  @IsReadableFile() natsCertFile: string;
  @IsReadableFile() natsKeyFile: string;

  /** Ed25519 pair that signs the ceremony and the manifest. */
  @AsymmetricKey() signingKey: string;
  @AsymmetricKey() signingPublicKey: string;
  /** X25519 pair for what other holders send to this one alone. */
  @AsymmetricKey() sealingKey: string;
  @AsymmetricKey() sealingPublicKey: string;

  /** Ed25519 public key of the national coordinator. Nobody is a region or key holder without its word. */
  @AsymmetricKey() coordinatorKey: string;
  /** File with a signed region register, for a first start without the relay. */
  @IsOptional() @IsString() registerFile?: string;
  /** The wire that this program speaks; 1.0 holds it back to that of release 0.1.0. */
  @IsIn(WIRES) wire: Wire = WIRE;
  /** File with an offset in milliseconds that moves this program's clock: for demonstrations and tests only. */
  @IsOptional() @IsString() clockOffsetFile?: string;
}

const PROPERTIES = {
  keyHolder: true,
  host: true,
  port: true,
  stopDelaySeconds: true,
  logLevel: true,
  databaseUrl: true,
  shareKey: true,
  natsUrl: true,
  natsCaFile: true,
  natsCertFile: true,
  natsKeyFile: true,
  signingKey: true,
  signingPublicKey: true,
  sealingKey: true,
  sealingPublicKey: true,
  coordinatorKey: true,
  registerFile: true,
  wire: true,
  clockOffsetFile: true,
} satisfies Record<keyof KeyHolderConfig, true>;

/** Reads and validates the settings. @throws ConfigurationError that names every variable that is missing or wrong. */
export function loadConfig(environment: Record<string, string | undefined> = process.env): KeyHolderConfig {
  const properties = Object.keys(PROPERTIES) as (keyof KeyHolderConfig)[];
  const config = loadConfiguration(KeyHolderConfig, properties, environment);
  if (!isKeyPair('ed25519', { privateKey: config.signingKey, publicKey: config.signingPublicKey }))
    throw new ConfigurationError('SIGNING_PUBLIC_KEY: does not belong to SIGNING_KEY');
  if (!isKeyPair('x25519', { privateKey: config.sealingKey, publicKey: config.sealingPublicKey }))
    throw new ConfigurationError('SEALING_PUBLIC_KEY: does not belong to SEALING_KEY');
  return config;
}
