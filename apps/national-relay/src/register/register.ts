import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Clock } from '#libs/clock';
import { ConfigurationError } from '#libs/configuration';
import { errorKind, ProgramLogger } from '#libs/observability';
import {
  admittedRegion,
  openRegister,
  parse,
  SignedRegister,
  UntrustedRegister,
  type RegionRegister,
} from '#libs/protocol';
import { DataSource } from 'typeorm';
import { Alarms } from '../alarms/index.js';
import { RelayConfig } from '../config.js';
import { RegisterVersion } from './register-version.entity.js';

/** Milliseconds between two looks at the file. Read, not watched: mounted files are replaced in ways that watching misses. */
const LOOK = 2_000;

/**
 * The region register in force: who takes part, and with which keys. It comes from a file, and is trusted only by the coordinator's
 * signature. A file that is not acceptable changes nothing while the relay runs, and shows as an alarm.
 */
@Injectable()
export class Register {
  private inForce?: { text: string; signed: SignedRegister; register: RegionRegister };
  private readonly listeners: (() => Promise<void>)[] = [];
  private refused = '';

  constructor(
    private readonly config: RelayConfig,
    private readonly dataSource: DataSource,
    private readonly alarms: Alarms,
    private readonly clock: Clock,
    private readonly logger: ProgramLogger,
  ) {}

  /** Takes the register from its file for the first time. @throws ConfigurationError that says why it is not acceptable */
  async open(): Promise<void> {
    try {
      await this.take(this.read());
    } catch (error) {
      throw new ConfigurationError(`REGISTER_FILE: the region register ${reasonOf(error)}`);
    }
  }

  /** Calls `listener` whenever another version is in force. */
  onChange(listener: () => Promise<void>): void {
    this.listeners.push(listener);
  }

  /** The register in force. */
  current(): RegionRegister {
    if (!this.inForce) throw new Error('the register has not been opened yet');
    return this.inForce.register;
  }

  /** Whether a register has been verified. */
  isOpen(): boolean {
    return this.inForce !== undefined;
  }

  /** The register as the coordinator signed it, in the bytes that go over the wire. */
  signed(): Uint8Array {
    return Buffer.from(JSON.stringify(this.inForce?.signed), 'utf8');
  }

  /** Names of the regions that take part at present. */
  admitted(): string[] {
    const register = this.current();
    return register.regions.filter(({ id }) => admittedRegion(register, id)).map(({ id }) => id);
  }

  /** Names of the regions that took part once, and do no more. */
  removed(): string[] {
    return this.current()
      .regions.filter(({ state }) => state === 'removed')
      .map(({ id }) => id);
  }

  /** Public signing key of an admitted region. */
  publicKeyOf(region: string): string | undefined {
    return admittedRegion(this.current(), region)?.signingKey;
  }

  /**
   * Puts a register in force that was brought here, as if it had been put in the file by hand; the one in force again does no harm.
   * @throws UntrustedRegister when it is not acceptable; nothing has changed then
   */
  async apply(signed: SignedRegister): Promise<void> {
    const text = JSON.stringify({ document: signed.document, signature: signed.signature });
    if (text === this.inForce?.text) return;
    const { version } = await this.checked(signed);
    if (version <= this.current().version)
      throw new UntrustedRegister('older', `is not newer than version ${this.current().version}, in force`);
    const unfinished = `${this.config.registerFile}.unfinished`;
    writeFileSync(unfinished, text, { mode: 0o600 });
    renameSync(unfinished, this.config.registerFile);
    await this.look();
  }

  @Interval(LOOK)
  async look(): Promise<void> {
    if (!this.inForce) return;
    let text = '';
    try {
      text = this.read();
      if (text === this.refused || (text === this.inForce.text && this.refused === '')) return;
      await this.take(text);
      this.refused = '';
    } catch (error) {
      if (!(error instanceof UntrustedRegister)) {
        // perhaps half written, or the database is away: the next look tells
        this.logger.warning('register-not-read', { kind: errorKind(error) });
        return;
      }
      this.refused = text;
      this.logger.warning('register-refused', { reason: error.message });
      await this.alarms.raise('register-refused', 'relay');
      return;
    }
    await this.alarms.clear('register-refused');
    for (const listener of this.listeners) await listener();
  }

  private read(): string {
    return readFileSync(this.config.registerFile, 'utf8');
  }

  private async take(text: string): Promise<void> {
    const signed = parse(SignedRegister, Buffer.from(text, 'utf8'));
    const register = await this.checked(signed);
    await this.dataSource
      .getRepository(RegisterVersion)
      .createQueryBuilder()
      .insert()
      .values({ version: register.version, acceptedAt: this.clock.now() })
      .orIgnore()
      .execute();
    this.inForce = { text, signed, register };
    this.logger.event('register-accepted', { version: register.version, regions: register.regions.length });
  }

  /** What a signed register says. @throws UntrustedRegister when it may not be in force here */
  private async checked(signed: SignedRegister): Promise<RegionRegister> {
    const register = openRegister(this.config.coordinatorKey, signed, this.config.wire);
    if (register.relay.signingKey !== this.config.signingPublicKey)
      throw new UntrustedRegister(
        'other-relay',
        'names another signing key for the relay than SIGNING_PUBLIC_KEY',
      );
    const highest = (await this.dataSource.getRepository(RegisterVersion).maximum('version')) ?? 0;
    if (register.version < highest)
      throw new UntrustedRegister('older', `is older than version ${highest}, seen before`);
    return register;
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof UntrustedRegister) return error.message;
  return `cannot be read (${errorKind(error)})`;
}
