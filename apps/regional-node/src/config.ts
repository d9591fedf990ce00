import { IsNetwork, IsReadableFile, loadConfiguration } from '#libs/configuration';
import { CLIENT_AUTHENTICATIONS, type ClientAuthentication, type FurtherProvider } from '#libs/login';
import { WIRE, WIRES, type Wire } from '#libs/protocol';
import { Transform, Type } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUrl,
  Matches,
  Max,
  Min,
  ValidateBy,
  ValidateIf,
} from 'class-validator';
import { FurtherProviders } from './further-providers.js';
import { OPTIONAL_FIELDS, type AskedFieldName } from './person-register/asked-fields.js';

const Url = (...protocols: string[]) => IsUrl({ protocols, require_tld: false, require_protocol: true });
const Key = () =>
  Matches(/^[A-Za-z0-9+/]{43}=$/, { message: 'must be 32 random bytes in base64 (openssl rand -base64 32)' });
const RawKey = () =>
  Matches(/^[A-Za-z0-9_-]{43}$/, { message: 'must be a raw key of 32 bytes in base64url' });
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

/** A JSON object of header names and values; a value has at most 242 visible characters, as the register's own log takes. */
const HeaderFields = (): PropertyDecorator => (target, property) => {
  Transform(({ value }) => (typeof value === 'string' ? jsonOf(value) : (value as unknown)))(
    target,
    property,
  );
  ValidateBy({
    name: 'headerFields',
    validator: {
      validate: (value: unknown) =>
        typeof value === 'object' &&
        value !== null &&
        !Array.isArray(value) &&
        Object.entries(value).every(
          ([name, text]) =>
            /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name) &&
            typeof text === 'string' &&
            /^[\x20-\x7e]{0,242}$/.test(text),
        ),
      defaultMessage: () =>
        'must be a JSON object of header names and values (at most 242 visible ASCII characters)',
    },
  })(target, property);
};
/** Parameters of an SMTP address would go before all other settings: those that decide about TLS or write down mails are not taken. */
const SmtpParameters = () =>
  Matches(/^[^?]*(\?((name|authMethod|tls\.servername)=[^&]*(&|$))*)?$/, {
    message: 'can only have the parameters name, authMethod and tls.servername',
  });
const OptionalFields = (): PropertyDecorator => (target, property) => {
  Transform(({ value }) =>
    typeof value === 'string' ? value.split(',').map((name) => name.trim()) : (value as unknown),
  )(target, property);
  IsIn(OPTIONAL_FIELDS, { each: true, message: `can only leave out: ${OPTIONAL_FIELDS.join(', ')}` })(
    target,
    property,
  );
};

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The settings of a regional node, each read from the environment variable of its name (`databaseUrl`: `DATABASE_URL`). */
export class RegionalNodeConfig {
  /** Key of the region, as in the region register: `midden-nederland`. */
  @Matches(/^[a-z][a-z-]{1,38}[a-z]$/, { message: 'must be a key in small letters and hyphens' })
  region: string;

  @IsString() host = '0.0.0.0';
  /** 0 takes a free port. */
  @Type(() => Number) @IsInt() @Min(0) @Max(65_535) port = 8080;
  /** Seconds that the program goes on serving after it is told to stop, so that a load balancer notices. */
  @Type(() => Number) @IsInt() @Min(0) @Max(600) stopDelaySeconds = 0;
  @IsIn(['trace', 'debug', 'info', 'warn', 'error', 'fatal']) logLevel = 'info';

  @Url('postgres', 'postgresql') databaseUrl: string;
  /** Sealing key of everything personal at rest. Losing it loses the signals; it lives outside the database. */
  @Key() nodeKey: string;
  /** Key of the blind indexes by which equal persons are found. */
  @Key() indexKey: string;

  /** Address at which people reach this node, without a path; also the only origin that may change anything. */
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
  /** Needed where there is no key. */
  @ValidateIf(({ clientKeyFile }) => clientKeyFile === undefined)
  @IsString()
  clientSecret?: string;
  /** Private key (RSA or P-256, in PEM) that signs assertions (`private_key_jwt`) instead of a secret. */
  @ValidateIf(
    ({ clientKeyFile, clientAuthentication }) =>
      clientKeyFile !== undefined || clientAuthentication === 'private_key_jwt',
  )
  @IsReadableFile()
  clientKeyFile?: string;
  /** How the node proves who it is; by default with the key if there is one, else as the provider's metadata allows. */
  @IsOptional() @IsIn(CLIENT_AUTHENTICATIONS) clientAuthentication?: ClientAuthentication;
  /** Claim of the ID token by which people are known. Choose one that nobody can change themselves, and is never given to another person. */
  @Matches(/^[\x21-\x7e]{1,255}$/, { message: 'must be the name of a claim' }) subjectClaim = 'sub';
  /** Levels of assurance (`acr`) that will do, separated by commas, the preferred one first. Empty: none is demanded. */
  @List()
  @Matches(/^[\x21-\x7e]{1,255}$/, { each: true, message: 'must be values of acr' })
  acrValues: string[] = [];
  /**
   * Providers besides this one, as a JSON list: `[{"id":"…","name":"…","issuer":"…","clientId":"…","clientSecret":"…"}]`, with
   * `clientKeyFile`, `clientAuthentication`, `subjectClaim` and a list `acrValues` where needed. People of one are known by its id, a space,
   * and what it names them. `name` is what people choose by.
   */
  @FurtherProviders() furtherProviders: FurtherProvider[] = [];
  /** Accepts a provider on plain http: for demonstrations and tests only. */
  @Flag() @IsBoolean() allowInsecureIssuer = false;

  /** Base of the person register's API: `https://…/haalcentraal/api/brp`. */
  @Url('http', 'https') personRegisterUrl: string;
  @IsOptional() @IsString() personRegisterApiKey?: string;
  /** Whether this region is authorised to ask who has authority over a minor (`gezag`). */
  @Flag() @IsBoolean() personRegisterAuthority = false;
  /** Client certificate (PKIoverheid) and its private key, in PEM, for mutual TLS; read at the start. The key may have a passphrase. */
  @ValidateIf(({ personRegisterCertFile: cert, personRegisterKeyFile: key }) => (cert ?? key) !== undefined)
  @IsReadableFile()
  personRegisterCertFile?: string;
  @ValidateIf(({ personRegisterCertFile: cert, personRegisterKeyFile: key }) => (cert ?? key) !== undefined)
  @IsReadableFile()
  personRegisterKeyFile?: string;
  @IsOptional() @IsString() personRegisterKeyPassphrase?: string;
  /** Authorities that vouch for the register and its token server, in PEM, instead of those that Node.js knows. */
  @IsOptional() @IsReadableFile() personRegisterCaFile?: string;
  /** Outgoing proxy for all that goes to the register and its token server: `http://user:password@proxy:3128`. */
  @IsOptional() @Url('http', 'https') personRegisterProxy?: string;
  /** Token endpoint of OAuth 2.0 client credentials; without it no token is asked for. */
  @IsOptional() @Url('http', 'https') personRegisterTokenUrl?: string;
  @ValidateIf(({ personRegisterTokenUrl: url }) => url !== undefined)
  @IsString()
  personRegisterClientId?: string;
  /** Secret of the client. Needed for a token where there is no key. */
  @ValidateIf(
    ({ personRegisterTokenUrl: url, personRegisterClientKeyFile: key }) =>
      url !== undefined && key === undefined,
  )
  @IsString()
  personRegisterClientSecret?: string;
  /** Private key (RSA or P-256, in PEM) that signs assertions (`private_key_jwt`) instead of a secret. */
  @IsOptional() @IsReadableFile() personRegisterClientKeyFile?: string;
  /** Further parameters of the request for a token: `scope=…&resourceServer=ResourceServer01`. */
  @IsOptional() @IsString() personRegisterTokenParameters?: string;
  /**
   * Headers that the gateway asks for, as a JSON object: `{"X-DOELBINDING":"…","X-VERWERKING":"…","X-GEBRUIKER":"{user}"}`. `{user}` becomes the
   * id of the professional as in the logbook, or `system`.
   */
  @HeaderFields() personRegisterHeaders: Record<string, string> = {};
  /** Fields that are not asked for, separated by commas; the README of the room lists which can be left out. */
  @OptionalFields() personRegisterFieldsOff: AskedFieldName[] = [];

  /**
   * Mail server: `smtp://user:password@host:port`, which goes over to TLS by STARTTLS, or `smtps://…`, TLS from the start. Parameters
   * can be `name` (by which the node greets), `authMethod` and `tls.servername`.
   */
  @Url('smtp', 'smtps') @SmtpParameters() smtpUrl: string;
  /** Authorities that vouch for the mail server, in PEM, instead of those that Node.js knows; read at the start. */
  @IsOptional() @IsReadableFile() smtpCaFile?: string;
  /** Sends in the clear to a server that offers no TLS: for demonstrations, tests and a mail server on the same machine. */
  @Flag() @IsBoolean() allowInsecureSmtp = false;
  /** Sender of every mail: `Verwijsindex Midden Nederland <verwijsindex@example.org>`. */
  @IsString() mailFrom: string;

  /** YAML file with the covenant that is in force. */
  @IsString() covenantFile: string;
  /** YAML file with the affiliated organisations and professionals. */
  @IsString() directoryFile: string;

  /** Address of the national hub: `tls://host:4222`. */
  @Url('tls') natsUrl: string;
  /** Authority that vouches for the hub, in PEM; read again at every connection, as the next two are. */
  @IsReadableFile() natsCaFile: string;
  /** Certificate that the hub knows this party by, and its private key, in PEM. The register names its subject. */
  @IsReadableFile() natsCertFile: string;
  @IsReadableFile() natsKeyFile: string;
  /** Ed25519 key pair that signs the region's messages, base64url. */
  @RawKey() signingKey: string;
  @RawKey() signingPublicKey: string;
  /** X25519 key pair for contact cards, base64url. */
  @RawKey() cardKey: string;
  @RawKey() cardPublicKey: string;
  /** Pinned Ed25519 public key of the national coordinator: nobody else decides who takes part. */
  @RawKey() coordinatorKey: string;
  /** Tags of parents and updates of cards leave at a random moment in this window, so that timing draws no family tree. */
  @Type(() => Number) @IsInt() @Min(0) @Max(1440) releaseAfterMinutes = 15;
  @Type(() => Number) @IsInt() @Min(0) @Max(1440) releaseWithinMinutes = 60;
  @Type(() => Number) @IsInt() @Min(1) heartbeatSeconds = 15;
  /** How long a mail about a match waits for the name of the matchregisseur. */
  @Type(() => Number) @IsInt() @Min(0) leadPatienceSeconds = 300;
  /** How long the link must have been up and empty before a card that nobody renewed ends its match. */
  @Type(() => Number) @IsInt() @Min(1) cardSettleSeconds = 600;

  /** Seconds within which changes after a mail about a match are told together; 0: each at once. */
  @Type(() => Number) @IsInt() @Min(0) @Max(86_400) mailCollectSeconds = 300;
  /** Seconds for which a new signal is held, and can be undone, before anybody else hears of it; 0: it is shared at once. */
  @Type(() => Number) @IsInt() @Min(0) @Max(3600) undoSeconds = 60;
  /** Seconds of one turn of synthetic matches with every other region; 0: none. The same in the whole federation. */
  @Type(() => Number) @IsInt() @Min(0) probeSeconds = 21_600;

  /** How often in 24 hours one person may look a youth up without sharing a signal on that youth. */
  @Type(() => Number) @IsInt() @Min(1) lookUpsPerDay = 60;
  /** How often in 24 hours, and in seven days, one person may file or link a signal. */
  @Type(() => Number) @IsInt() @Min(1) filingsPerDay = 40;
  @Type(() => Number) @IsInt() @Min(1) filingsPerWeek = 150;
  /** How many persons a minute the daily verification asks the person register about, at most. */
  @Type(() => Number) @IsInt() @Min(20) verificationsPerMinute = 1_200;

  /** Seconds between two looks whether scheduled work is due. */
  @Type(() => Number) @IsInt() @Min(1) workLookSeconds = 5;
  /** The wire that this program speaks; 1.0 holds it back to that of release 0.1.0. */
  @IsIn(WIRES) wire: Wire = WIRE;
  /** Whether a message that its receiver would refuse is set aside and shown, or fails what made it: for tests. */
  @IsIn(['set-aside', 'throw']) invalidMessages: 'set-aside' | 'throw' = 'set-aside';
  /** File with an offset in milliseconds that moves this node's clock: for demonstrations and tests only. */
  @IsOptional() @IsString() clockOffsetFile?: string;
}

const PROPERTIES = {
  region: true,
  host: true,
  port: true,
  stopDelaySeconds: true,
  logLevel: true,
  databaseUrl: true,
  nodeKey: true,
  indexKey: true,
  publicUrl: true,
  securityContact: true,
  trustedProxies: true,
  requestsPerMinute: true,
  issuer: true,
  clientId: true,
  clientSecret: true,
  clientKeyFile: true,
  clientAuthentication: true,
  subjectClaim: true,
  acrValues: true,
  furtherProviders: true,
  allowInsecureIssuer: true,
  personRegisterUrl: true,
  personRegisterApiKey: true,
  personRegisterAuthority: true,
  personRegisterCertFile: true,
  personRegisterKeyFile: true,
  personRegisterKeyPassphrase: true,
  personRegisterCaFile: true,
  personRegisterProxy: true,
  personRegisterTokenUrl: true,
  personRegisterClientId: true,
  personRegisterClientSecret: true,
  personRegisterClientKeyFile: true,
  personRegisterTokenParameters: true,
  personRegisterHeaders: true,
  personRegisterFieldsOff: true,
  smtpUrl: true,
  smtpCaFile: true,
  allowInsecureSmtp: true,
  mailFrom: true,
  covenantFile: true,
  directoryFile: true,
  natsUrl: true,
  natsCaFile: true,
  natsCertFile: true,
  natsKeyFile: true,
  signingKey: true,
  signingPublicKey: true,
  cardKey: true,
  cardPublicKey: true,
  coordinatorKey: true,
  releaseAfterMinutes: true,
  releaseWithinMinutes: true,
  heartbeatSeconds: true,
  leadPatienceSeconds: true,
  mailCollectSeconds: true,
  undoSeconds: true,
  cardSettleSeconds: true,
  probeSeconds: true,
  lookUpsPerDay: true,
  filingsPerDay: true,
  filingsPerWeek: true,
  verificationsPerMinute: true,
  workLookSeconds: true,
  wire: true,
  invalidMessages: true,
  clockOffsetFile: true,
} satisfies Record<keyof RegionalNodeConfig, true>;

/** Reads and validates the settings. @throws ConfigurationError that names every variable that is missing or wrong. */
export const loadConfig = (
  environment: Record<string, string | undefined> = process.env,
): RegionalNodeConfig =>
  loadConfiguration(RegionalNodeConfig, Object.keys(PROPERTIES) as (keyof RegionalNodeConfig)[], environment);
