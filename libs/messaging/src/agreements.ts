import type { DataSource } from 'typeorm';
import { beginQuestion } from './positions.js';

/** Called when a peer and this program agree for the first time since the last (re)connection. Throwing makes it be called again. */
export type AgreementListener = (peer: string) => Promise<void>;

/**
 * With which peers this run of the program agrees where both stand. Nothing with a place in the order leaves before that: a database
 * restored from a backup would use numbers for a second time, and say what was taken back since.
 *
 * Why is it not kept in the database? It would be restored with it. So it ends with the program, with the connection to the hub, and
 * with any failure of the database, and is asked for again.
 */
export class Agreements {
  private readonly asked = new Map<string, string>();
  private readonly agreed = new Set<string>();
  private readonly listeners: AgreementListener[] = [];

  constructor(
    private readonly dataSource: DataSource,
    /** Whether a side that lost its memory agrees only after it has heard everything again. */
    private readonly learnsFirst: boolean,
  ) {}

  onAgreed(listener: AgreementListener): void {
    this.listeners.push(listener);
  }

  has(peer: string): boolean {
    return this.agreed.has(peer);
  }

  peers(): string[] {
    return [...this.agreed];
  }

  /** Whatever was agreed (with one peer) counts no more. */
  forget(peer?: string): void {
    for (const each of peer === undefined ? [...this.asked.keys()] : [peer]) {
      this.asked.delete(each);
      this.agreed.delete(each);
    }
  }

  /** The question to put to a peer: a new one, or the one that it has not answered yet. */
  async question(peer: string): Promise<string> {
    const [link] = await this.dataSource.query<[{ question: string | null }?]>(
      `select question from link where peer = $1 and agreed_on is distinct from question`,
      [peer],
    );
    const open = this.asked.get(peer);
    if (open !== undefined && link?.question === open) return open;
    const question = await this.dataSource.transaction((manager) =>
      beginQuestion(manager, peer, open === undefined),
    );
    this.asked.set(peer, question);
    return question;
  }

  /** Looks which peers agree by now. */
  async look(): Promise<void> {
    const links = await this.dataSource.query<
      { peer: string; agreed_on: string | null; recovery: string | null }[]
    >(`select peer, agreed_on, recovery from link`);
    for (const { peer, agreed_on: agreedOn, recovery } of links) {
      if (this.learnsFirst && recovery !== null) this.agreed.delete(peer);
      else if (!this.agreed.has(peer) && agreedOn !== null && agreedOn === this.asked.get(peer)) {
        // first, so that what the listener looks at goes on from here
        this.agreed.add(peer);
        try {
          for (const listener of this.listeners) await listener(peer);
        } catch (error) {
          this.agreed.delete(peer);
          throw error;
        }
      }
    }
  }
}
