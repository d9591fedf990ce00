import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Clock, SECOND } from '#libs/clock';
import { HubConnection, HubUnreachable } from '#libs/messaging';
import { errorKind, ProgramLogger } from '#libs/observability';
import {
  MalformedMessage,
  openManifest,
  parse,
  SignedManifest,
  subjects,
  UntrustedManifest,
} from '#libs/protocol';
import { DataSource } from 'typeorm';
import { Alarms } from '../alarms/index.js';
import { Register } from '../register/index.js';

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
      await Promise.all(this.register.current().keyHolders.map(({ id }) => this.askOne(id)));
    } catch (error) {
      // says nothing about the key holders: the hub or our own database is away
      if (!(error instanceof HubUnreachable))
        this.logger.warning('key-holders-not-asked', { kind: errorKind(error) });
    } finally {
      this.asking = false;
    }
  }

  private async askOne(holder: string): Promise<void> {
    const connection = await this.hub.now();
    let answer: Uint8Array;
    try {
      answer = (await connection.request(subjects.manifest(holder), undefined, { timeout: 3 * SECOND })).data;
    } catch {
      if (this.hub.isUp()) await this.note(holder, false, null);
      return;
    }
    await this.note(holder, true, await this.epochOf(holder, answer));
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
