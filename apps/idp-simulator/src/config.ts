import { Transform, Type } from 'class-transformer';
import { IsBoolean, IsInt, IsOptional, IsString, IsUrl, Max, Min, MinLength } from 'class-validator';
import { ConfigurationError, loadConfiguration } from '#libs/configuration';

/** Settings of the simulator, each from the environment variable of the same name in capitals. */
export class Config {
  @IsString() host = '127.0.0.1';
  /** 0 takes any free port. */
  @Type(() => Number) @IsInt() @Min(0) @Max(65_535) port = 4400;
  /** Seconds that the program goes on serving after it is told to stop, so that a load balancer notices. */
  @Type(() => Number) @IsInt() @Min(0) @Max(600) stopDelaySeconds = 0;
  /** Base URL by which browsers and apps reach the simulator; an origin without a path. */
  @IsUrl({ require_tld: false, require_protocol: true, protocols: ['http', 'https'] }) issuer: string;
  /** YAML or JSON list of accounts. */
  @IsString() accountsFile: string;
  /** YAML or JSON list of clients. */
  @IsString() clientsFile: string;
  /** Key that signs the cookies. */
  @IsString() @MinLength(16) cookieKey: string;
  @IsOptional() @IsString() nodeEnv?: string;
  @Transform(({ value }) => value === true || value === 'true') @IsBoolean() allowDemoLogin = false;
}

/** Reads the settings. @throws ConfigurationError that names the variables that are missing or wrong */
export function loadConfig(environment: Record<string, string | undefined> = process.env): Config {
  const config = loadConfiguration(
    Config,
    [
      'host',
      'port',
      'stopDelaySeconds',
      'issuer',
      'accountsFile',
      'clientsFile',
      'cookieKey',
      'nodeEnv',
      'allowDemoLogin',
    ],
    environment,
  );
  if (new URL(config.issuer).pathname !== '/') throw new ConfigurationError('ISSUER: must not have a path');
  if (config.nodeEnv === 'production' && !config.allowDemoLogin) {
    throw new ConfigurationError(
      'ALLOW_DEMO_LOGIN: anyone can log in here as anyone; with NODE_ENV=production this must be set to true on purpose',
    );
  }
  config.issuer = config.issuer.replace(/\/$/, '');
  return config;
}
