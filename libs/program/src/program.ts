import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import { SECOND } from '#libs/clock';
import { ConfigurationError } from '#libs/configuration';
import { errorKind, type ProgramLogger } from '#libs/observability';
import { HttpConnections } from './http-connections.js';

const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

/** How long requests in progress may take after the program stopped listening. */
const REQUESTS = 5 * SECOND;
/** How long everything that runs may take. Docker and the launcher kill after 10 s. */
const ALL = 8 * SECOND;

/** What a running program does when it is told to stop. */
export interface Stop {
  /** Seconds that it goes on serving, so that a load balancer notices and sends no more; default 0. */
  delaySeconds?: number;
  /** Called at the beginning of those seconds. */
  announce?(): void;
  /** Takes nothing new and finishes what runs. */
  finish(): Promise<void>;
}

/** A program of this project as a process, from its start until it is told to stop. */
export class Program {
  private stop?: Stop;
  private logger?: ProgramLogger;
  private stopping = false;

  /**
   * Has the program stop by closing `app`. Call it before the application is initialised, so that `/health/ready` answers 503
   * while the program stops.
   */
  stopByClosing(
    app: NestExpressApplication,
    settings: { stopDelaySeconds: number },
    logger: ProgramLogger,
  ): void {
    const connections = new HttpConnections(app.getHttpServer());
    app.use('/health/ready', (_request: Request, response: Response, next: NextFunction) => {
      if (this.stopping) response.status(503).json({ status: 'shutting_down' });
      else next();
    });
    this.stopBy(logger, {
      delaySeconds: settings.stopDelaySeconds,
      announce: () => connections.leave(),
      finish: async () => {
        await connections.close(REQUESTS);
        await app.close();
      },
    });
  }

  /** Has the program stop in this way. Until this is called there is nothing to finish, and a signal ends it at once. */
  stopBy(logger: ProgramLogger, stop: Stop): void {
    this.logger = logger;
    this.stop = stop;
  }

  /** Whether it was told to stop. */
  get isStopping(): boolean {
    return this.stopping;
  }

  /** Stops and ends the process; the second time at once. */
  async end(): Promise<void> {
    const { stop, logger } = this;
    if (!stop || !logger || this.stopping) process.exit(0);
    this.stopping = true;
    const delaySeconds = stop.delaySeconds ?? 0;
    logger.event('stopping', { delaySeconds });
    stop.announce?.();
    await sleep(delaySeconds * SECOND);
    const giveUp = setTimeout(() => {
      // what was accepted is in the database: the next start goes on with it
      logger.warning('stopped-unfinished');
      void exit(0, logger);
    }, ALL);
    try {
      await stop.finish();
      clearTimeout(giveUp);
      await exit(0, logger);
    } catch (error) {
      logger.warning('stopped-by-error', { error: errorKind(error) });
      await exit(1, logger);
    }
  }
}

/** Ends the process when its last log lines are written; a reader that does not take them is not waited for. */
async function exit(code: number, logger: ProgramLogger): Promise<void> {
  await Promise.race([logger.end(), sleep(SECOND / 2)]);
  process.exit(code);
}

/**
 * Runs a program: `start` makes it and has it serve. A signal (SIGTERM, SIGINT, SIGHUP) stops it and ends the process with exit code 0,
 * also as PID 1, to which the system applies no default action. When it cannot start, the reason is written to standard error
 * and the process ends with exit code 1.
 * @param title as messages name it: `The relay`
 * @param explained errors, beside ConfigurationError, whose message is written as it is; of others only their kind, since messages quote data
 */
export async function runProgram(
  title: string,
  start: (program: Program) => Promise<void>,
  explained: (abstract new (...parameters: never[]) => Error)[] = [],
): Promise<void> {
  const program = new Program();
  for (const signal of SIGNALS) process.on(signal, () => void program.end());
  try {
    await start(program);
  } catch (error) {
    // a start that was overtaken by a stop fails on what is closed already
    if (program.isStopping) return;
    const isExplained = [ConfigurationError, ...explained].some((type) => error instanceof type);
    const message = isExplained ? (error as Error).message : `${title} cannot start: ${errorKind(error)}`;
    process.stderr.write(`${message}\n`);
    process.exit(1);
  }
}

/** Has an application listen. @returns the port, which the system chose if the settings say 0 */
export async function listen(
  app: NestExpressApplication,
  settings: { host: string; port: number },
): Promise<number> {
  await app.listen(settings.port, settings.host);
  return (app.getHttpServer().address() as AddressInfo).port;
}
