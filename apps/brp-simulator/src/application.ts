import { readFileSync } from 'node:fs';
import type { IncomingMessage, RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
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
  application.useBodyParser('urlencoded', { extended: false });
  application.useGlobalPipes(problemValidationPipe());
  return application;
}

/**
 * Serves the API to callers with a client certificate, when the settings ask for that; on the plain port it is then refused. Like a gateway it
 * answers 403 without a certificate, or with one of another authority. The application listens already.
 * @returns the port, which the system chose if the settings say 0
 */
export async function listenOverTls(
  application: NestExpressApplication,
  { host, tlsPort, tlsCertFile, tlsKeyFile, clientCaFile }: BrpSimulatorConfiguration,
): Promise<number | undefined> {
  if (tlsPort === undefined) return undefined;
  const answer = application.getHttpAdapter().getInstance() as RequestListener;
  const server = createServer(
    {
      cert: readFileSync(tlsCertFile!),
      key: readFileSync(tlsKeyFile!),
      ca: readFileSync(clientCaFile!),
      requestCert: true,
      // refused below: closing the connection would tell the caller nothing
      rejectUnauthorized: false,
    },
    (request, response) => {
      if (isCertified(request.socket as TLSSocket)) answer(request, response);
      else response.writeHead(403, { Connection: 'close' }).end();
    },
  );
  await new Promise<void>((ready, failed) => server.once('error', failed).listen(tlsPort, host, ready));
  return (server.address() as AddressInfo).port;
}

/** A resumed session counts as authorized even if it never had a certificate. */
const isCertified = (socket: TLSSocket): boolean =>
  socket.authorized && socket.getPeerX509Certificate() !== undefined;

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
