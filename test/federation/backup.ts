import { query } from './database.js';

/**
 * Keeps a copy of a party's database, as a backup does, and puts it back. Nobody may be connected meanwhile: stop the program first.
 * @param adminUrl the superuser's address; a database and its owner bear the party's name
 */
export class Backup {
  private constructor(
    private readonly adminUrl: string,
    private readonly party: string,
    private readonly copy: string,
  ) {}

  static async take(adminUrl: string, party: string): Promise<Backup> {
    const copy = `${party}-backup-${process.hrtime.bigint()}`;
    await query(adminUrl, `create database "${copy}" template "${party}" owner "${party}"`);
    return new Backup(adminUrl, party, copy);
  }

  async restore(): Promise<void> {
    await query(this.adminUrl, `drop database "${this.party}" with (force)`);
    await query(
      this.adminUrl,
      `create database "${this.party}" template "${this.copy}" owner "${this.party}"`,
    );
  }
}
