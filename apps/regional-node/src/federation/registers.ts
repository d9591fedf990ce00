import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Clock, SECOND } from '#libs/clock';
import { HubConnection, HubUnreachable, countRejected, type Channel } from '#libs/messaging';
import { ProgramLogger, errorKind } from '#libs/observability';
import {
  RELAY,
  SignedRegister,
  UntrustedRegister,
  admittedRegion,
  openRegister,
  parse,
  streams,
  subjects,
  type RegionRegister,
  type RegisteredRegion,
} from '#libs/protocol';
import { DataSource } from 'typeorm';
import { RegionalNodeConfig } from '../config.js';
import { Loop } from '#libs/loop';
import { Municipalities } from '../municipalities/index.js';
import { StoredRegister } from './stored-register.entity.js';

/** The register that this node has is older than the one that the relay goes by. */
export class RegisterBehind extends Error {
  override name = 'RegisterBehind';
}

/**
 * The region register, as the coordinator signed it. Fetched from the relay, trusted only by the pinned key, kept in the
 * database, and never replaced by a lower version.
 */
@Injectable()
export class Registers implements OnModuleInit, OnApplicationShutdown {
  private register?: RegionRegister;
  private readonly loop: Loop;
  private readonly listeners: (() => void)[] = [];
  private readonly admittedListeners: ((regions: string[]) => void)[] = [];
  private refusal?: { document: string; reason: string };

  constructor(
    private readonly dataSource: DataSource,
    private readonly hub: HubConnection,
    private readonly config: RegionalNodeConfig,
    private readonly clock: Clock,
    private readonly codes: Municipalities,
    private readonly logger: ProgramLogger,
  ) {
    this.loop = new Loop(
      () => this.fetch(),
      10 * SECOND,
      (error) => {
        if (!(error instanceof HubUnreachable))
          logger.warning('register-not-fetched', { kind: errorKind(error) });
      },
    );
    hub.onUp(() => this.loop.wake());
  }

  async onModuleInit(): Promise<void> {
    const stored = await this.dataSource.manager.findOne(StoredRegister, {
      where: {},
      order: { version: 'desc' },
    });
    if (stored) this.register = openRegister(this.config.coordinatorKey, stored, this.config.wire);
    this.loop.wake();
  }
  onApplicationShutdown(): Promise<void> {
    return this.loop.stop();
  }

  /** Calls `listener` whenever a newer register came in. */
  onChange(listener: () => void): void {
    this.listeners.push(listener);
  }

  /** Calls `listener` with regions that take part by a newer register and did not by the one before. */
  onAdmitted(listener: (regions: string[]) => void): void {
    this.admittedListeners.push(listener);
  }

  /** The newest register this node has seen; undefined before the first. */
  current(): RegionRegister | undefined {
    return this.register;
  }

  /** The key epoch in force; 1 until a register says otherwise. */
  epoch(): number {
    return this.register?.epoch ?? 1;
  }

  /** A region that takes part at present. */
  region(id: string): RegisteredRegion | undefined {
    return this.register && admittedRegion(this.register, id);
  }

  /**
   * A region that the relay speaks of: undefined when it does not take part (any more).
   * @throws RegisterBehind when it is not in the register at all: a newer one is on its way, and what was said of it must wait
   */
  peer(id: string): RegisteredRegion | undefined {
    if (!this.register?.regions.some((region) => region.id === id)) {
      this.loop.wake();
      throw new RegisterBehind(`version ${this.register?.version ?? 0} does not know a region`);
    }
    return this.region(id);
  }

  /** Whether the coordinator removed this region, which ends the matches with it. */
  isRemoved(id: string): boolean {
    return (
      this.register !== undefined &&
      !this.register.regions.some((region) => region.id === id && region.state !== 'removed')
    );
  }

  /** The municipalities of all admitted regions, by code, with the name of the region. */
  municipalities(): { code: string; region: string }[] {
    const admitted = (this.current()?.regions ?? []).filter(({ state }) => state === 'admitted');
    return admitted
      .flatMap(({ name, municipalities }) => municipalities.map((code) => ({ code, region: name })))
      .sort((a, b) => a.code.localeCompare(b.code));
  }

  /**
   * The region to which a municipality belongs. The register may name it by an earlier code still; a region that names the code of today
   * comes first, since a municipality can merge into one of another region.
   */
  regionOf(municipality: string): string | undefined {
    const present = this.codes.now(municipality);
    const admitted = (this.register?.regions ?? []).filter(({ state }) => state === 'admitted');
    const region =
      admitted.find((each) => each.municipalities.includes(present)) ??
      admitted.find((each) => each.municipalities.some((code) => this.codes.now(code) === present));
    return region?.id;
  }

  /** The name of a region for people. */
  nameOf(id: string): string {
    return this.register?.regions.find((region) => region.id === id)?.name ?? id;
  }

  /** The signing key of the relay; of nobody else, since only the relay speaks to a region. */
  publicKeyOf(peer: string): string | undefined {
    return peer === RELAY ? this.register?.relay.signingKey : undefined;
  }

  /** Where to receive from: nowhere before there is a register to verify with. What has come already waits at the hub. */
  channels(): Channel[] {
    if (!this.register) return [];
    return [{ peer: RELAY, stream: streams.down(this.config.region), consumer: streams.nodeConsumer }];
  }

  /** Why the register that the relay gives is not followed; undefined when it is. */
  refused(): string | undefined {
    return this.refusal?.reason;
  }

  private async fetch(): Promise<void> {
    const connection = await this.hub.now();
    const reply = await connection.request(subjects.register, undefined, { timeout: 3 * SECOND });
    const signed = parse(SignedRegister, reply.data);
    const register = await this.opened(signed);
    if (!register) return;
    if (register.version <= (this.register?.version ?? 0)) return;
    await this.dataSource.manager
      .createQueryBuilder()
      .insert()
      .into(StoredRegister)
      .values({ version: register.version, document: signed.document, signature: signed.signature })
      .orIgnore()
      .execute();
    const before = this.register;
    this.register = register;
    for (const listener of this.listeners) listener();
    const admitted = register.regions.filter(({ state }) => state === 'admitted').map(({ id }) => id);
    const anew = admitted.filter((id) => before && !admittedRegion(before, id));
    if (anew.length > 0) for (const listener of this.admittedListeners) listener(anew);
    this.logger.event('register-accepted', { version: register.version, regions: register.regions.length });
  }

  /** What a signed register says; undefined when it cannot be followed, which is counted once for each document. */
  private async opened(signed: SignedRegister): Promise<RegionRegister | undefined> {
    try {
      const register = openRegister(this.config.coordinatorKey, signed, this.config.wire);
      this.refusal = undefined;
      return register;
    } catch (error) {
      if (!(error instanceof UntrustedRegister)) throw error;
      const isNew = this.refusal?.document !== signed.document;
      this.refusal = { document: signed.document, reason: error.message };
      if (!isNew) return undefined;
      await countRejected(this.dataSource.manager, RELAY, ['register-refused'], this.clock.now());
      this.logger.warning('register-refused', { reason: error.message });
      return undefined;
    }
  }
}
