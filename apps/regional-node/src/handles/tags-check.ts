import { Injectable } from '@nestjs/common';
import { Cron, CronExpression } from '@nestjs/schedule';
import { AMSTERDAM } from '#libs/calendar';
import { Outbox, OutboxSender } from '#libs/messaging';
import { RELAY } from '#libs/protocol';
import { DataSource } from 'typeorm';

/**
 * Tells the relay which handles it must have by now, at every (re)connection and daily. Should it have others, it asks for everything again.
 *
 * What is told holds for exactly what stands before it in the order: handles whose tag has no place in the order yet are left out, and
 * those whose deletion has none are in. While everything is being said again there is nothing to compare.
 */
@Injectable()
export class TagsCheck {
  constructor(
    private readonly dataSource: DataSource,
    private readonly outbox: Outbox,
    sender: OutboxSender,
  ) {
    sender.agreements.onAgreed(() => this.tell());
  }

  @Cron(CronExpression.EVERY_DAY_AT_2AM, { timeZone: AMSTERDAM })
  async tell(): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const [{ exists }] = await manager.query<[{ exists: boolean }]>(
        `select exists (select 1 from outbox_message where type = 'tags.complete' and seq is null)`,
      );
      if (exists) return;
      await this.outbox.enqueueInPlace(manager, RELAY, 'tags.digest', async () => {
        const [row] = await manager.query<[{ tags: string; digest: Buffer }]>(DIGEST);
        return { tags: Number(row.tags), digest: row.digest.toString('base64url') };
      });
    });
  }
}

const DIGEST = `
  with waiting as (
    select type, decode(translate(body ->> 'handle', '-_', '+/') || '==', 'base64') as handle
    from outbox_message where seq is null and type in ('tag.put', 'tag.delete'))
  select count(*) as tags, sha256(coalesce(string_agg(handle, ''::bytea order by handle), ''::bytea)) as digest
  from (
    select handle from handle where secret is not null
    except select handle from waiting where type = 'tag.put'
    union select handle from waiting where type = 'tag.delete') as present`;
