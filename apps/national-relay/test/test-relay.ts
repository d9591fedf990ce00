import { createHash, randomBytes } from 'node:crypto';
import type { NestExpressApplication } from '@nestjs/platform-express';
import request from 'supertest';
import { DataSource } from 'typeorm';
import { SystemClock, type Clock } from '#libs/clock';
import { LoginSession } from '#libs/login';
import type { MessageContext } from '#libs/messaging';
import { ProgramLogger } from '#libs/observability';
import type { CardSend } from '#libs/protocol';
import { createApplication, startRelaying } from '../src/application.js';
import { RoutingConsumer } from '../src/routing/routing.consumer.js';
import { loadConfig } from '../src/config.js';
import { History } from '../src/history/history.js';
import { HubCheck } from '../src/hub/index.js';
import { KeyHolderWatch } from '../src/status/key-holder-watch.js';
import { Status } from '../src/status/status.js';
import type { TestFederation } from './test-federation.js';

/** A line of the log. */
export type Line = Record<string, unknown> & { event: string };

type Method = 'get' | 'post';
interface Router {
  stack: { route?: { path: string; methods: Record<string, boolean> } }[];
}

/** Keeps the events instead of writing them. */
class KeptLog extends ProgramLogger {
  readonly lines: Line[] = [];
  constructor() {
    super('national-relay', 'fatal');
  }
  override event(event: string, fields = {}): void {
    this.lines.push({ event, ...fields });
  }
  override warning(event: string, fields = {}): void {
    this.lines.push({ event, ...fields });
  }
}

/** A relay in this process. */
export class TestRelay {
  private constructor(
    readonly app: NestExpressApplication,
    private readonly log: KeptLog,
    private readonly clock: Clock,
  ) {}

  static async start(
    federation: TestFederation,
    settings: Record<string, string> = {},
    clock: Clock = new SystemClock(),
  ): Promise<TestRelay> {
    const log = new KeptLog();
    const app = await createApplication(loadConfig({ ...federation.environment(), ...settings }), log, clock);
    await app.listen(0, '127.0.0.1');
    try {
      await startRelaying(app);
    } catch (error) {
      await app.close();
      throw error;
    }
    return new TestRelay(app, log, clock);
  }

  /** What was logged: all events, or those of one name. */
  lines(event?: string): Line[] {
    return event === undefined ? this.log.lines : this.log.lines.filter((line) => line.event === event);
  }

  query<T>(sql: string, parameters?: unknown[]): Promise<T[]> {
    return this.app.get(DataSource).query(sql, parameters);
  }

  /** Has cards of a region applied as if the hub had just brought them. */
  applyCards(region: string, cards: CardSend[]): Promise<void> {
    return this.app.get(DataSource).transaction((manager) =>
      this.app.get(RoutingConsumer).card(cards, {
        manager,
        peer: region,
        batch: cards.map((body) => ({ type: 'card.send', body })),
        versions: cards.map(({ version }) => version),
        afterCommit: () => undefined,
      } satisfies MessageContext),
    );
  }

  /** Has the relay look whether the hub is safe, as it does every day. */
  checkHub(): Promise<void> {
    return this.app.get(HubCheck).look();
  }

  /** Has the relay ask every key holder, as it does every ten seconds. */
  askKeyHolders(): Promise<void> {
    return this.app.get(KeyHolderWatch).ask();
  }

  /** Has the relay look how the regions do, as it does every minute, and forget old looks, as it does every hour. */
  async lookForHistory(): Promise<void> {
    await this.app.get(History).look();
    await this.app.get(History).forget();
  }

  /** Has the relay renew its figures, as it does every ten seconds. */
  measure(): Promise<void> {
    return this.app.get(Status).measure();
  }

  /** Every route that the program has. */
  routes(): { method: Method; path: string }[] {
    const { router } = this.app.getHttpAdapter().getInstance() as unknown as { router: Router };
    return router.stack.flatMap(({ route }) =>
      route && !route.path.includes('{*')
        ? (Object.keys(route.methods) as Method[]).map((method) => ({ method, path: route.path }))
        : [],
    );
  }

  async count(table: string): Promise<number> {
    const [row] = await this.query<{ count: number }>(`select count(*)::int as count from ${table}`);
    return row!.count;
  }

  /** Gets a path with a session of this subject; without a session when none is given. */
  get(path: string, subject?: string): Promise<request.Response> {
    return this.ask('get', path, subject);
  }

  /** Asks with a method, and a body if one is given. */
  async ask(method: Method, path: string, subject?: string, body?: object): Promise<request.Response> {
    const agent = request(this.app.getHttpServer());
    const asked = body ? agent[method](path).send(body) : agent[method](path);
    return subject === undefined ? asked : asked.set('Cookie', await this.cookieOf(subject));
  }

  /** A cookie with a session of this subject. */
  async cookieOf(subject: string): Promise<string> {
    const secret = randomBytes(32).toString('base64url');
    const now = this.clock.now();
    await this.app.get(DataSource).manager.insert(LoginSession, {
      idHash: createHash('sha256').update(secret).digest(),
      subject,
      providerSubject: subject,
      providerSession: null,
      createdAt: now,
      lastSeenAt: now,
    });
    return `vi-relay=${secret}`;
  }

  stop(): Promise<void> {
    return this.app.close();
  }
}
