import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { dayInAmsterdam } from '#libs/calendar';
import { Clock, SECOND } from '#libs/clock';
import { HubConnection, HubUnreachable } from '#libs/messaging';
import { errorKind, ProgramLogger } from '#libs/observability';
import {
  isSignedBy,
  KeyHolderUsage,
  MalformedMessage,
  openManifest,
  parse,
  SIGNATURE_HEADER,
  SignedManifest,
  subjects,
  UntrustedManifest,
  type RegisteredKeyHolder,
} from '#libs/protocol';
import type { NatsConnection } from '@nats-io/transport-node';
import { DataSource } from 'typeorm';
import { Alarms } from '../alarms/index.js';
import { Register } from '../register/index.js';
import { KeyHolderStatus } from './key-holder-status.entity.js';

/** Asks every key holder regularly for its manifest: whether it answers, and for which epoch it holds a share. */
@Injectable()
export class KeyHolderWatch {
  private asking = false;

  constructor(
    private readonly dataSource: DataSource,
    private readonly hub: HubConnection,
    private readonly register: Register,
    private readonly alarms: Alarms,
    private readonly clock: Clock,
    private readonly logger: ProgramLogger,
  ) {}

  @Interval(10 * SECOND)
  async ask(): Promise<void> {
    if (this.asking || !this.register.isOpen() || !this.hub.isUp()) return;
    this.asking = true;
    try {
      await Promise.all(this.register.current().keyHolders.map((holder) => this.askOne(holder)));
    } catch (error) {
      // says nothing about the key holders: the hub or our own database is away
      if (!(error instanceof HubUnreachable))
        this.logger.warning('key-holders-not-asked', { kind: errorKind(error) });
    } finally {
      this.asking = false;
    }
  }

  private async askOne({ id: holder, signingKey }: RegisteredKeyHolder): Promise<void> {
    const connection = await this.hub.now();
    let answer: Uint8Array;
    try {
      answer = (await connection.request(subjects.manifest(holder), undefined, { timeout: 3 * SECOND })).data;
    } catch {
      if (this.hub.isUp()) await this.note(holder, false, null);
      return;
    }
    await this.note(holder, true, await this.epochOf(holder, answer));
    await this.askUsage(connection, holder, signingKey);
  }

  /** Notes what a key holder evaluated for each region today. What it did not sign, or says of another day, is passed over. */
  private async askUsage(connection: NatsConnection, holder: string, signingKey: string): Promise<void> {
    const answer = await connection
      .request(subjects.usage(holder), undefined, { timeout: 3 * SECOND })
      .catch(() => undefined);
    if (!answer) return;
    try {
      const signature = answer.headers?.get(SIGNATURE_HEADER) ?? '';
      const { keyHolder, asOf, regions } = parse(KeyHolderUsage, answer.data, 'dropped');
      const now = this.clock.now();
      if (
        keyHolder !== holder ||
        !isSignedBy(signingKey, 'usage', answer.data, signature) ||
        dayInAmsterdam(new Date(asOf)) !== dayInAmsterdam(now)
      )
        return this.logger.warning('usage-not-taken', { holder });
      await this.dataSource.manager.update(
        KeyHolderStatus,
        { keyHolder: holder },
        { usage: regions, usageAt: now },
      );
    } catch (error) {
      if (!(error instanceof MalformedMessage)) throw error;
      this.logger.warning('usage-not-taken', { holder });
    }
  }

  /** The epoch of the manifest in an answer; null when the holder has none yet, or shows one that not all holders signed. */
  private async epochOf(holder: string, answer: Uint8Array): Promise<number | null> {
    try {
      const manifest = openManifest(this.register.current(), parse(SignedManifest, answer));
      await this.alarms.clear('manifest-untrusted', holder);
      return manifest.epoch;
    } catch (error) {
      if (error instanceof UntrustedManifest) await this.alarms.raise('manifest-untrusted', holder);
      else if (!(error instanceof MalformedMessage)) throw error;
      return null;
    }
  }

  private async note(holder: string, up: boolean, epoch: number | null): Promise<void> {
    await this.dataSource.query(
      `insert into key_holder_status as s (key_holder, up_since, last_seen_at, epoch)
       values ($1, case when $2 then $3::timestamptz end, case when $2 then $3::timestamptz end, $4)
       on conflict (key_holder) do update set
         up_since = case when $2 then coalesce(s.up_since, $3) end,
         last_seen_at = case when $2 then $3 else s.last_seen_at end,
         epoch = case when $2 then $4 else s.epoch end`,
      [holder, up, this.clock.now(), epoch],
    );
  }
}
