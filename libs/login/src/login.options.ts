import { ConfigurableModuleBuilder } from '@nestjs/common';

export const CLIENT_AUTHENTICATIONS = [
  'client_secret_basic',
  'client_secret_post',
  'private_key_jwt',
] as const;
/** A method of OpenID Connect Core §9. */
export type ClientAuthentication = (typeof CLIENT_AUTHENTICATIONS)[number];

/** An OpenID Connect provider, and who the app is there. */
export interface ProviderOptions {
  /** Issuer URL of the OpenID Connect provider, exactly as its discovery document states it. */
  issuer: string;
  clientId: string;
  /** Needed where there is no key. */
  clientSecret?: string;
  /** File with the private key (RSA or P-256, in PEM) for `private_key_jwt`. */
  clientKeyFile?: string;
  /** How the app proves who it is; by default with the key if there is one, else as the provider's metadata allows. */
  clientAuthentication?: ClientAuthentication;
  /** Claim of the ID token by which the app knows a person; by default `sub`. */
  subjectClaim?: string;
  /** Values of `acr` that will do, the preferred one first; by default none is demanded. */
  acrValues?: readonly string[];
}

/** A provider besides the first. People are known by its id, a space, and what it names them: no first provider can name them so. */
export interface FurtherProvider extends ProviderOptions {
  /** Lower case letters, digits and hyphens. It does not change: people are known by it. */
  id: string;
  /** As people know it, to choose where they log in. */
  name: string;
}

/** What an app tells the login: where people log in, where they come back, and how long a session lasts. */
export interface LoginOptions extends ProviderOptions {
  /** Providers besides the one that the other options name. */
  furtherProviders?: readonly FurtherProvider[];
  /** Called with the subject of everybody who logs in, before the session begins. */
  onLogin?: (subject: string) => Promise<void>;
  /** Base URL by which browsers reach this app; the provider must know its `<publicUrl>/auth/callback` and `<publicUrl>/`. */
  publicUrl: string;
  /** Allows a provider on plain http. For demonstrations and tests only. */
  allowInsecureIssuer?: boolean;
  /** Requests a minute of one person; of all who are not logged in at one address five times as many, and as many logins. By default 600. */
  requestsPerMinute?: number;
  /** Name of the session cookie. Must differ between apps on one host name, since cookies do not tell ports apart. */
  cookieName: string;
  /** Milliseconds without a request after which a session ends. */
  idleTimeout: number;
  /** Milliseconds after login at which a session ends in any case. */
  absoluteTimeout: number;
}

export const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN: LOGIN_OPTIONS } =
  new ConfigurableModuleBuilder<LoginOptions>().setClassMethodName('forRoot').build();
