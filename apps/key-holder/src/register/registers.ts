import { readFileSync } from 'node:fs';
import {
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  type OnModuleInit,
} from '@nestjs/common';
import { DataSource, LessThan } from 'typeorm';
import { SECOND } from '#libs/clock';
import { ConfigurationError } from '#libs/configuration';
import { HubConnection } from '#libs/messaging';
import { errorKind, ProgramLogger } from '#libs/observability';
import {
  instanceOf,
  openRegister,
  parse,
  SignedRegister,
  subjects,
  UntrustedRegister,
  type RegionRegister,
} from '#libs/protocol';
import { KeyHolderConfig } from '../config.js';
import { Hub } from '../hub/index.js';
import { Loop } from '#libs/loop';
import { RegionRegisterCopy } from './region-register-copy.entity.js';

const BETWEEN_FETCHES = 30 * SECOND;
/** However many unknown regions ask; and while nobody is known. */
const LEAST_BETWEEN_FETCHES = SECOND;

/**
 * Knows who takes part: the newest region register that the pinned coordinator key signed.
 *
 * **Where does it come from?** From the relay, every 30 s (every second while there is none yet) and when somebody unknown asks; at a first start also from a file.
 * **What is trusted?** The coordinator's signature only. The version is remembered in the database, and never goes down.
 * **What if the relay is away, or withholds it?** The last one stays in force.
 */
@Injectable()
export class Registers implements OnModuleInit, OnApplicationBootstrap, BeforeApplicationShutdown {
  private register?: RegionRegister;
  /** No version up to this one is accepted. */
  private floor = 0;
  private fetching?: Promise<void>;
  private fetchedAt = -Infinity;
  private readonly listeners: (() => void)[] = [];
  private readonly loop = new Loop(
    () => this.refresh(),
    () => (this.register ? BETWEEN_FETCHES : LEAST_BETWEEN_FETCHES),
    (error) => this.logger.warning('register-not-fetched', { error: errorKind(error) }),
  );

  constructor(
    private readonly config: KeyHolderConfig,
    private readonly dataSource: DataSource,
    private readonly hub: Hub,
    private readonly connection: HubConnection,
    private readonly logger: ProgramLogger,
  ) {}

  /** The register in force, once there is one. */
  get current(): RegionRegister | undefined {
    return this.register;
  }

  /** Calls `listener` whenever a newer register is in force. */
  onChange(listener: () => void): void {
    this.listeners.push(listener);
  }

  async onModuleInit(): Promise<void> {
    const [kept] = await this.dataSource
      .getRepository(RegionRegisterCopy)
      .find({ order: { version: 'DESC' }, take: 1 });
    if (kept) {
      this.floor = kept.version;
      try {
        this.register = openRegister(this.config.coordinatorKey, kept, this.config.wire);
      } catch (error) {
        // another coordinator key was pinned since: its register must be a later version
        this.warnUntrusted(error);
      }
    }
    if (this.config.registerFile) await this.accept(registerIn(this.config.registerFile));
  }

  onApplicationBootstrap(): void {
    this.connection.onUp(() => this.loop.wake());
    void this.connection.get();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.loop.stop();
  }

  /** Fetches the register now; calls at the same moment, or within a second, are one. Never rejects for a relay that is away. */
  async refresh(): Promise<void> {
    if (!this.fetching && performance.now() - this.fetchedAt < LEAST_BETWEEN_FETCHES) return;
    this.fetching ??= this.fetch().finally(() => {
      this.fetchedAt = performance.now();
      this.fetching = undefined;
    });
    await this.fetching;
  }

  private async fetch(): Promise<void> {
    try {
      const { payload } = await this.hub.ask(subjects.register, new Uint8Array());
      await this.accept(parse(SignedRegister, payload));
    } catch (error) {
      this.logger.warning('register-not-fetched', { error: errorKind(error) });
    }
  }

  private async accept(signed: SignedRegister): Promise<void> {
    let register: RegionRegister;
    try {
      register = openRegister(this.config.coordinatorKey, signed, this.config.wire);
    } catch (error) {
      return this.warnUntrusted(error);
    }
    if (register.version < this.floor)
      this.logger.warning('register-too-old', { version: register.version, floor: this.floor });
    if (register.version <= this.floor) return;
    const copies = this.dataSource.getRepository(RegionRegisterCopy);
    await copies
      .createQueryBuilder()
      .insert()
      .values({ version: register.version, ...signed })
      .orIgnore()
      .execute();
    await copies.delete({ version: LessThan(register.version) });
    this.floor = register.version;
    this.register = register;
    this.logger.event('register-accepted', { version: register.version, epoch: register.epoch });
    for (const listener of this.listeners) listener();
  }

  private warnUntrusted(error: unknown): void {
    if (!(error instanceof UntrustedRegister)) throw error;
    this.logger.warning('register-refused', { reason: error.message });
  }
}

function registerIn(file: string): SignedRegister {
  try {
    return instanceOf(SignedRegister, JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    throw new ConfigurationError('REGISTER_FILE: the file cannot be read, or holds no signed register');
  }
}
