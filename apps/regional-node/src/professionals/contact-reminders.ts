import { Injectable } from '@nestjs/common';
import { ScheduledWork, type Work } from '../scheduled-work/index.js';
import { ContactsService } from './contacts.service.js';

/** Asks people to confirm their contact details as often as the covenant says. */
@Injectable()
@ScheduledWork({
  name: 'contact-reminders',
  title: 'Vragen of contactgegevens nog kloppen',
  schedule: { dailyAt: '07:30' },
})
export class ContactReminders implements Work {
  constructor(private readonly contacts: ContactsService) {}

  async run(stopping: () => boolean): Promise<number> {
    let asked = 0;
    for (const id of await this.contacts.toRemind()) {
      if (stopping()) break;
      if (await this.contacts.remind(id)) asked += 1;
    }
    return asked;
  }
}
