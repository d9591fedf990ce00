import { Transform, Type } from 'class-transformer';
import { IsBoolean, IsInt, IsNotEmpty, IsOptional, IsString, Max, Min } from 'class-validator';
import { loadConfiguration } from '#libs/configuration';

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
    ['host', 'port', 'stopDelaySeconds', 'populationFile', 'apiKey', 'simulatorControl', 'clockOffsetFile'],
    environment,
  );
