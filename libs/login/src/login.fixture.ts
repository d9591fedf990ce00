import 'reflect-metadata';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Body, Controller, Get, Global, Module, Post, type INestApplication } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { NestFactory } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Client } from 'pg';
import { Clock, HOUR, MINUTE, type SettableClock } from '#libs/clock';
import { databaseOptions } from '#libs/database';
import { ProblemFilter } from '#libs/problems';
import { createTestDatabase, type TestDatabase } from '../../../test/database/test-database.js';
import {
  AlsoReads,
  CurrentSubject,
  LoginModule,
  loginEntities,
  loginTables2Sql,
  loginTables3Sql,
  loginTablesSql,
  Public,
  type LoginOptions,
} from './index.js';

export const CLIENT = { clientId: 'portal', clientSecret: 'a secret of the test' };

@Controller()
class Pages {
  @Get('whoami')
  whoami(@CurrentSubject() subject: string) {
    return { subject };
  }
  @Public()
  @Get('open')
  open() {
    return { open: true };
  }
  @Post('act')
  act(@Body() body: unknown) {
    return { received: body ?? null };
  }
  @AlsoReads('text/csv')
  @Post('file')
  file() {
    return { received: true };
  }
}

/** Keeps cookies by name as a browser does, follows nothing by itself. */
export class Browser {
  readonly cookies = new Map<string, string>();
  readonly attributes = new Map<string, string>();

  async fetch(url: string, init: RequestInit = {}): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, {
      redirect: 'manual',
      ...init,
      headers: { ...(init.headers as Record<string, string>), ...(cookie ? { cookie } : {}) },
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
      const name = pair.slice(0, pair.indexOf('='));
      const value = pair.slice(name.length + 1);
      if (value) this.cookies.set(name, value);
      else this.cookies.delete(name);
      if (value) this.attributes.set(name, attributes.join('; '));
    }
    return response;
  }

  post(url: string, headers: Record<string, string> = {}, body?: string): Promise<Response> {
    return this.fetch(url, { method: 'POST', headers, body });
  }
}

export const codeOf = async (response: Response): Promise<unknown> =>
  ((await response.json()) as { code: string }).code;

/** A database with the tables of the login. */
export async function createLoginDatabase(): Promise<TestDatabase> {
  const database = await createTestDatabase();
  const client = new Client({ connectionString: database.url });
  await client.connect();
  for (const statement of [...loginTablesSql, ...loginTables2Sql, ...loginTables3Sql])
    await client.query(statement);
  await client.end();
  return database;
}

/** An app with the login and a few pages, listening. */
export async function startApp(
  databaseUrl: string,
  clock: SettableClock,
  port: number,
  settings: Pick<LoginOptions, 'publicUrl' | 'issuer'> & Partial<LoginOptions>,
): Promise<INestApplication> {
  @Global()
  @Module({ providers: [{ provide: Clock, useValue: clock }], exports: [Clock] })
  class Time {}
  @Module({
    imports: [
      Time,
      ScheduleModule.forRoot(),
      TypeOrmModule.forRoot(databaseOptions(databaseUrl, loginEntities, [])),
      LoginModule.forRoot({
        ...CLIENT,
        allowInsecureIssuer: true,
        cookieName: 'verwijsindex',
        idleTimeout: 30 * MINUTE,
        absoluteTimeout: 8 * HOUR,
        ...settings,
      }),
    ],
    controllers: [Pages],
  })
  class App {}
  const application = await NestFactory.create(App, { logger: false });
  application.useGlobalFilters(new ProblemFilter());
  await application.listen(port, '127.0.0.1');
  return application;
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
