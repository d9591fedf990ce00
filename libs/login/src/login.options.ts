import { ConfigurableModuleBuilder } from '@nestjs/common';

/** What an app tells the login: where people log in, where they come back, and how long a session lasts. */
export interface LoginOptions {
  /** Issuer URL of the OpenID Connect provider, exactly as its discovery document states it. */
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Base URL by which browsers reach this app; the provider must know `<publicUrl>/auth/callback` and `<publicUrl>/`. */
  publicUrl: string;
  /** Allows a provider on plain http. For demonstrations and tests only. */
  allowInsecureIssuer?: boolean;
  /** Name of the session cookie. Must differ between apps on one host name, since cookies do not tell ports apart. */
  cookieName: string;
  /** Milliseconds without a request after which a session ends. */
  idleTimeout: number;
  /** Milliseconds after login at which a session ends in any case. */
  absoluteTimeout: number;
}

export const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN: LOGIN_OPTIONS } =
  new ConfigurableModuleBuilder<LoginOptions>().setClassMethodName('forRoot').build();
