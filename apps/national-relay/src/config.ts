import { IsNetwork, IsReadableFile, loadConfiguration } from '#libs/configuration';
import { WIRE, WIRES, type Wire } from '#libs/protocol';
import { Transform, Type } from 'class-transformer';
import {
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUrl,
  Matches,
  Max,
  Min,
} from 'class-validator';

const Url = (...protocols: string[]) => IsUrl({ protocols, require_tld: false, require_protocol: true });
const Ed25519 = () =>
  Matches(/^[A-Za-z0-9_-]{43}$/, { message: 'must be an Ed25519 key of 32 bytes in base64url' });
const Flag = () =>
  Transform(({ value }) => (value === 'true' ? true : value === 'false' ? false : (value as unknown)));
const List = () =>
  Transform(({ value }) =>
    typeof value === 'string'
      ? value
          .split(',')
          .map((item) => item.trim())
          .filter(Boolean)
      : (value as unknown),
  );

/** The settings of the national relay, each read from the environment variable of its name (`databaseUrl`: `DATABASE_URL`). */
export class RelayConfig {
  @IsString() host = '0.0.0.0';
  /** 0 takes a free port. */
  @Type(() => Number) @IsInt() @Min(0) @Max(65_535) port = 8080;
  /** Seconds that the program goes on serving after it is told to stop, so that a load balancer notices. */
  @Type(() => Number) @IsInt() @Min(0) @Max(600) stopDelaySeconds = 0;
  @IsIn(['trace', 'debug', 'info', 'warn', 'error', 'fatal']) logLevel = 'info';

  @Url('postgres', 'postgresql') databaseUrl: string;
  /** Secret under which tags are stored. It comes from another store than the database: only both together give the tags away. Losing it means a rebuild from the nodes. */
  @Matches(/^[A-Za-z0-9+/]{43}=$/, { message: 'must be 32 random bytes in base64 (openssl rand -base64 32)' })
  pepper: string;

  /** Address of the national hub: `tls://host:4222`. */
  @Url('tls') natsUrl: string;
  /** Authority that vouches for the hub, in PEM; read again at every connection, as the next two are. */
  @IsReadableFile() natsCaFile: string;
  /** Certificate that the hub knows this party by, and its private key, in PEM. The register names its subject. */
  @IsReadableFile() natsCertFile: string;
  @IsReadableFile() natsKeyFile: string;
  /** The hub's monitoring address, where `/varz` tells how it is configured. */
  @Url('http', 'https') natsMonitorUrl: string;
  /** Copies of every stream: 1, or 3 on a cluster. */
  @Type(() => Number) @IsIn([1, 3, 5]) streamReplicas = 1;

  /** Key pair that signs the relay's messages; the register names its public half. */
  @Ed25519() signingKey: string;
  @Ed25519() signingPublicKey: string;

  /** File with the region register as the coordinator signed it: `{"document":"…","signature":"…"}`. Watched. */
  @IsString() registerFile: string;
  /** Public key of the national coordinator. The register is trusted by it alone. */
  @Ed25519() coordinatorKey: string;

  /** Address at which the national coordinator reaches this relay, without a path. */
  @Url('http', 'https') publicUrl: string;
  /** Where a vulnerability is reported, in `/.well-known/security.txt`; by default `mailto:security@` and the host of PUBLIC_URL. */
  @IsOptional()
  @Matches(/^(https:\/\/|mailto:)[\x21-\x7e]+$/, { message: 'must be an https: or mailto: address' })
  securityContact?: string;
  /** Addresses or networks (`10.0.0.0/8`) of proxies, separated by commas, whose `X-Forwarded-For` is believed. */
  @List()
  @IsNetwork({ each: true, message: 'must be IP addresses or networks, such as 10.0.0.0/8' })
  trustedProxies: string[] = [];
  /** Requests a minute that one person may make; others that are not logged in: see the README of libs/login. */
  @Type(() => Number) @IsInt() @Min(60) requestsPerMinute = 600;
  /** OpenID Connect provider. */
  @Url('http', 'https') issuer: string;
  @IsString() clientId: string;
  @IsString() clientSecret: string;
  /** Accepts a provider on plain http: for demonstrations and tests only. */
  @Flag() @IsBoolean() allowInsecureIssuer = false;
  /** Subjects, separated by commas, who are the national coordinator. */
  @List() @IsArray() @IsString({ each: true }) coordinatorSubjects: string[];

  /** Seconds without a heartbeat after which a region, or without an answer a key holder, counts as silent. */
  @Type(() => Number) @IsInt() @Min(1) silentAfter = 60;
  /** The wire that this program speaks; 1.0 holds it back to that of release 0.1.0. */
  @IsIn(WIRES) wire: Wire = WIRE;
  /** Whether a message that its receiver would refuse is set aside and shown, or fails what made it: for tests. */
  @IsIn(['set-aside', 'throw']) invalidMessages: 'set-aside' | 'throw' = 'set-aside';
  /** File with an offset in milliseconds that moves the relay's clock: for demonstrations and tests only. */
  @IsOptional() @IsString() clockOffsetFile?: string;
}

const PROPERTIES = {
  host: true,
  port: true,
  stopDelaySeconds: true,
  logLevel: true,
  databaseUrl: true,
  pepper: true,
  natsUrl: true,
  natsMonitorUrl: true,
  natsCaFile: true,
  natsCertFile: true,
  natsKeyFile: true,
  streamReplicas: true,
  signingKey: true,
  signingPublicKey: true,
  registerFile: true,
  coordinatorKey: true,
  publicUrl: true,
  securityContact: true,
  trustedProxies: true,
  requestsPerMinute: true,
  issuer: true,
  clientId: true,
  clientSecret: true,
  allowInsecureIssuer: true,
  coordinatorSubjects: true,
  silentAfter: true,
  wire: true,
  invalidMessages: true,
  clockOffsetFile: true,
} satisfies Record<keyof RelayConfig, true>;

/** Reads and validates the settings. @throws ConfigurationError that names every variable that is missing or wrong. */
export const loadConfig = (environment: Record<string, string | undefined> = process.env): RelayConfig =>
  loadConfiguration(RelayConfig, Object.keys(PROPERTIES) as (keyof RelayConfig)[], environment);
