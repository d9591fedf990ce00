import 'reflect-metadata';
import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { writeFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { SettableClock } from '#libs/clock';
import { migrate } from '#libs/database';
import { LoginSession } from '#libs/login';
import { HubConnection, HubUnreachable } from '#libs/messaging';
import { ProgramLogger } from '#libs/observability';
import request from 'supertest';
import { DataSource } from 'typeorm';
import { createPreparedDatabase, type TestDatabase } from '../../../test/database/test-database.js';
import { AppModule, nodeDatabase } from '../src/app.module.js';
import { loadConfig, type RegionalNodeConfig } from '../src/config.js';
import { Professional } from '../src/directory/index.js';
import { addNodeHttp } from '../src/http.js';
import { MatchMails } from '../src/matches/index.js';
import { demoFile } from './demo-file.js';

/** Writes a text to a file that lives as long as the test run. */
export function temporaryFile(text: string): string {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'regional-node-')), 'document.yaml');
  writeFileSync(file, text);
  return file;
}

/** The link to a hub that never answers: what is for other regions stays queued. */
const hubOutOfReach: Pick<HubConnection, 'get' | 'now' | 'jetstream' | 'isUp' | 'onUp'> = {
  get: () => new Promise(() => undefined),
  now: () => Promise.reject(new HubUnreachable('no hub in this test')),
  jetstream: () => Promise.reject(new HubUnreachable('no hub in this test')),
  isUp: () => false,
  onUp: () => undefined,
};

const keyPair = (curve: 'ed25519' | 'x25519') => {
  const { d, x } = (
    curve === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('x25519')
  ).privateKey.export({ format: 'jwk' });
  return { privateKey: d!, publicKey: x! };
};

/** Stands for certificates that are never used. */
const anyFile = fileURLToPath(import.meta.url);

/** Settings with which a node of Midden Nederland starts: its database, no register, no mail server, no hub. */
export function environmentFor(databaseUrl: string): Record<string, string> {
  const signing = keyPair('ed25519');
  const card = keyPair('x25519');
  return {
    REGION: 'midden-nederland',
    REQUESTS_PER_MINUTE: '100000',
    INVALID_MESSAGES: 'throw',
    HOST: '127.0.0.1',
    PORT: '0',
    DATABASE_URL: databaseUrl,
    NODE_KEY: randomBytes(32).toString('base64'),
    INDEX_KEY: randomBytes(32).toString('base64'),
    PUBLIC_URL: 'http://127.0.0.1:8080',
    ISSUER: 'http://127.0.0.1:9',
    CLIENT_ID: 'node',
    CLIENT_SECRET: 'secret',
    ALLOW_INSECURE_ISSUER: 'true',
    PERSON_REGISTER_URL: 'http://127.0.0.1:9/haalcentraal/api/brp',
    SMTP_URL: 'smtp://127.0.0.1:9',
    ALLOW_INSECURE_SMTP: 'true',
    MAIL_FROM: 'Verwijsindex <verwijsindex@midden-nederland.voorbeeld.example>',
    COVENANT_FILE: demoFile('midden-nederland', 'covenant'),
    DIRECTORY_FILE: demoFile('midden-nederland', 'directory'),
    WORK_LOOK_SECONDS: '86400',
    UNDO_SECONDS: '0',
    MAIL_COLLECT_SECONDS: '0',
    // tests of a file share their people and their day; the limits have a test of their own
    LOOK_UPS_PER_DAY: '1000',
    FILINGS_PER_DAY: '1000',
    FILINGS_PER_WEEK: '1000',
    NATS_URL: 'tls://127.0.0.1:9',
    NATS_CA_FILE: anyFile,
    NATS_CERT_FILE: anyFile,
    NATS_KEY_FILE: anyFile,
    SIGNING_KEY: signing.privateKey,
    SIGNING_PUBLIC_KEY: signing.publicKey,
    CARD_KEY: card.privateKey,
    CARD_PUBLIC_KEY: card.publicKey,
    COORDINATOR_KEY: keyPair('ed25519').publicKey,
  };
}

/** A regional node in this process, on a database of its own, with a clock that the test moves. */
export interface TestNode {
  app: NestExpressApplication;
  config: RegionalNodeConfig;
  clock: SettableClock;
  dataSource: DataSource;
  /** Requests with a session of this subject, who acts for an organisation (id) if one is given; without a session when nobody is. */
  as(subject?: string, organisation?: string): Promise<Agent>;
  /** Waits until the mails about matches are queued, but for those that wait for a lead. */
  told(): Promise<void>;
  stop(): Promise<void>;
}
export type Agent = Record<'get' | 'post' | 'put' | 'patch', (path: string) => request.Test>;

/** A database with the tables of a node, and nothing in them. */
export const createNodeDatabase = (): Promise<TestDatabase> =>
  createPreparedDatabase('regional_node', (url) => migrate(nodeDatabase(url)));

/** Starts a node. `existing` is a database that the caller drops. */
export async function startNode(
  settings: Record<string, string> = {},
  existing?: TestDatabase,
): Promise<TestNode> {
  const database = existing ?? (await createNodeDatabase());
  const config = loadConfig({ ...environmentFor(database.url), ...settings });
  if (existing) await migrate(nodeDatabase(config.databaseUrl));
  const clock = new SettableClock(new Date('2026-11-24T10:00:00Z'));
  const logger = new ProgramLogger('regional-node', 'fatal');
  const module = await Test.createTestingModule({ imports: [AppModule.with(config, clock, logger)] })
    .overrideProvider(HubConnection)
    .useValue(hubOutOfReach)
    .setLogger(logger)
    .compile();
  const app = module.createNestApplication<NestExpressApplication>({ bodyParser: false });
  addNodeHttp(app, logger);
  try {
    await app.init();
  } catch (error) {
    await app.close();
    throw error;
  }
  const dataSource = app.get(DataSource);
  return {
    app,
    config,
    clock,
    dataSource,
    async as(subject, organisationId) {
      const cookies = subject === undefined ? [] : [await sessionOf(dataSource, config, clock, subject)];
      if (subject !== undefined && organisationId !== undefined) {
        const chosen = { subject, organisationId };
        const { id } = await dataSource.manager.findOneByOrFail(Professional, chosen);
        cookies.push(`vi-${config.region}-choice=${id}`);
      }
      const send = (method: 'get' | 'post' | 'put' | 'patch') => (route: string) => {
        const test = request(app.getHttpServer())[method](`/api/v1${route}`);
        return cookies.length === 0 ? test : test.set('Cookie', cookies.join('; '));
      };
      return { get: send('get'), post: send('post'), put: send('put'), patch: send('patch') };
    },
    async told() {
      const untold = `select from match_notice
        where content is distinct from told and waiting_since is null and (content <> '' or told is not null)`;
      while ((await dataSource.query<unknown[]>(untold)).length > 0) {
        app.get(MatchMails, { strict: false }).wake();
        await new Promise((next) => setTimeout(next, 10));
      }
    },
    async stop() {
      await app.close();
      if (!existing) await database.drop();
    },
  };
}

async function sessionOf(
  dataSource: DataSource,
  { region }: RegionalNodeConfig,
  clock: SettableClock,
  subject: string,
): Promise<string> {
  const secret = randomBytes(32).toString('base64url');
  const now = clock.now();
  await dataSource.manager.insert(LoginSession, {
    idHash: createHash('sha256').update(secret).digest(),
    subject,
    providerSubject: subject,
    providerSession: null,
    createdAt: now,
    lastSeenAt: now,
  });
  return `vi-${region}=${secret}`;
}
