import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { SECOND } from '#libs/clock';
import { HubConnection, HubUnreachable } from '#libs/messaging';
import { ProgramLogger, errorKind } from '#libs/observability';
import { SignedManifest, openManifest, parse, subjects, type KeyManifest } from '#libs/protocol';
import { DataSource } from 'typeorm';
import { Loop } from '#libs/loop';
import { Registers } from './registers.js';
import { StoredManifest } from './stored-manifest.entity.js';

/** The public half of the shared key per epoch: signed by all key holders, asked of any of them, pinned at first sight. */
@Injectable()
export class Manifests implements OnModuleInit, OnApplicationShutdown {
  private readonly known = new Map<number, KeyManifest>();
  private readonly loop: Loop;

  constructor(
    private readonly dataSource: DataSource,
    private readonly hub: HubConnection,
    private readonly registers: Registers,
    private readonly logger: ProgramLogger,
  ) {
    this.loop = new Loop(
      () => this.fetch(),
      2 * SECOND,
      (error) => {
        if (!(error instanceof HubUnreachable))
          logger.warning('manifest-not-fetched', { kind: errorKind(error) });
      },
    );
  }

  onModuleInit(): void {
    this.loop.wake();
  }
  onApplicationShutdown(): Promise<void> {
    return this.loop.stop();
  }

  /** The manifest of the epoch in force; undefined until the key holders made one. */
  current(): KeyManifest | undefined {
    return this.known.get(this.registers.epoch());
  }

  private async fetch(): Promise<void> {
    const register = this.registers.current();
    if (!register || this.known.has(register.epoch)) return;
    const stored = await this.dataSource.manager.findOneBy(StoredManifest, { epoch: register.epoch });
    if (stored) {
      this.known.set(register.epoch, openManifest(register, stored));
      return;
    }
    const connection = await this.hub.now();
    for (const holder of register.keyHolders) {
      try {
        const reply = await connection.request(subjects.manifest(holder.id), undefined, {
          timeout: 2 * SECOND,
        });
        const signed = parse(SignedManifest, reply.data);
        const manifest = openManifest(register, signed);
        if (manifest.epoch !== register.epoch) continue;
        await this.dataSource.manager
          .createQueryBuilder()
          .insert()
          .into(StoredManifest)
          .values({ epoch: manifest.epoch, document: signed.document, signatures: signed.signatures })
          .orIgnore()
          .execute();
        this.known.set(manifest.epoch, manifest);
        this.logger.event('manifest-accepted', { epoch: manifest.epoch });
        return;
      } catch (error) {
        this.logger.log(`${holder.id} gave no manifest: ${errorKind(error)}`, 'federation');
      }
    }
  }
}
