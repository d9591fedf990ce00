import { Injectable } from '@nestjs/common';
import { OutboxSender } from '#libs/messaging';
import { DataSource } from 'typeorm';
import { ScheduledWork, type Work } from '../scheduled-work/index.js';
import { ReceivedLetters } from './received-letters.js';
import { SentLetters } from './sent-letters.js';

/** Destroys letters that count no longer, and takes back again what another region did not say that it forgot. */
@Injectable()
@ScheduledWork({
  name: 'letter-upkeep',
  title: 'Berichten van en aan andere regio’s opruimen',
  schedule: { dailyAt: '04:30' },
})
export class LetterUpkeep implements Work {
  constructor(
    private readonly dataSource: DataSource,
    private readonly received: ReceivedLetters,
    private readonly sent: SentLetters,
    private readonly sender: OutboxSender,
  ) {}

  async run(): Promise<number> {
    const received = await this.dataSource.transaction((manager) => this.received.upkeep(manager));
    const sent = await this.dataSource.transaction((manager) => this.sent.upkeep(manager));
    this.sender.wake();
    return received + sent;
  }
}
