import type { DataSource, EntityManager } from 'typeorm';
import type { Clock } from '#libs/clock';
import { openForms, type Form, type RegionRegister, type SignedForms } from '#libs/protocol';
import { StoredForms } from './tables.js';

/**
 * Which forms each party said it speaks: the latest signed list of each, kept in the database.
 *
 * A party that said nothing speaks the oldest forms. A list that does not come again changes nothing. A party that could not open what was
 * sent in a later form is doubted until it signs a later list: it may have gone back to an older release.
 */
export class PeerForms {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /** Takes lists that are signed by their party and later than the one that is kept. @returns the parties that speak more than before */
  async take(register: RegionRegister, lists: readonly SignedForms[]): Promise<string[]> {
    const speakMore: string[] = [];
    for (const signed of lists) {
      const spoken = openForms(register, signed, this.clock.now());
      if (!spoken) continue;
      const { party, forms } = spoken;
      const since = new Date(spoken.since);
      await this.dataSource.transaction(async (manager) => {
        const known = await manager.findOne(StoredForms, {
          where: { party },
          lock: { mode: 'pessimistic_write' },
        });
        if (known && known.since >= since) return;
        const before = known && !known.isDoubted ? known.forms : [];
        if (forms.some((form) => !before.includes(form))) speakMore.push(party);
        const { document, signature } = signed;
        await manager.upsert(StoredForms, { party, forms, since, document, signature, isDoubted: false }, [
          'party',
        ]);
      });
    }
    return speakMore;
  }

  /** Whether a party speaks a form, as far as is known. Everybody speaks the oldest. */
  async speaks(manager: EntityManager, party: string, form: Form): Promise<boolean> {
    if (form.endsWith('/1.0')) return true;
    const known = await manager.findOneBy(StoredForms, { party });
    return known !== null && !known.isDoubted && known.forms.includes(form);
  }

  /** A party did not open what was sent in a form that it said it speaks. */
  async doubt(manager: EntityManager, party: string): Promise<void> {
    await manager.update(StoredForms, { party }, { isDoubted: true });
  }

  /** The lists of all parties, as they were signed. */
  all(): Promise<StoredForms[]> {
    return this.dataSource.manager.find(StoredForms, { order: { party: 'asc' } });
  }
}
