import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { OffsetFileClock, SystemClock, type Clock } from '#libs/clock';
import { ConfigurationError } from '#libs/configuration';
import type { ProgramLogger } from '#libs/observability';
import { problemValidationPipe } from '#libs/problems';
import ownPopulation from '../population/persons.json' with { type: 'json' };
import { BrpSimulatorModule } from './brp-simulator.module.js';
import type { BrpSimulatorConfiguration } from './config.js';
import { InvalidPopulation, readPopulation, type Person } from './register/index.js';

/**
 * Makes the application, not yet listening.
 * @throws ConfigurationError when the population file cannot be used.
 */
export async function createApplication(
  configuration: BrpSimulatorConfiguration,
  logger: ProgramLogger,
  clock: Clock = configuration.clockOffsetFile
    ? new OffsetFileClock(configuration.clockOffsetFile)
    : new SystemClock(),
): Promise<NestExpressApplication> {
  const persons = populationOf(configuration);
  const application = await NestFactory.create<NestExpressApplication>(
    BrpSimulatorModule.with(configuration, persons, clock),
    { logger, bodyParser: false },
  );
  application.useBodyParser('json', { type: isJsonOrUnsaid });
  application.useGlobalPipes(problemValidationPipe());
  return application;
}

/** The BRP API takes a body without a content type for JSON. */
const isJsonOrUnsaid = ({ headers }: IncomingMessage): boolean =>
  !headers['content-type'] || headers['content-type'].toLowerCase().startsWith('application/json');

function populationOf({ populationFile }: BrpSimulatorConfiguration): Map<string, Person> {
  try {
    return readPopulation(populationFile ? JSON.parse(readFileSync(populationFile, 'utf8')) : ownPopulation);
  } catch (error) {
    const reason = error instanceof InvalidPopulation ? error.message : 'cannot be read as JSON';
    throw new ConfigurationError(`POPULATION_FILE: the population ${reason}`);
  }
}
