import { SealingKey } from '#libs/sealing';
import { query } from '../federation/database.js';
import { Visitor } from '../federation/http/visitor.js';
import type { FamilyYouth } from './families.js';
import type { Filer } from './regions.js';
import type { World } from './world.js';

/** A signal as the database of its region has it. */
export interface StoredSignal {
  filer: Filer;
  youth: FamilyYouth;
  id: string;
  number: string;
}

/** What the filer of a signal sees of its matches. */
export interface SeenMatch {
  signalNumber: string;
  youLead: boolean;
  matchregisseur: { email: string } | null;
  involved: {
    id: string;
    kind: 'same-youth' | 'sibling';
    email: string;
    phone: string;
    contactMadeByYou: boolean;
    contactMadeByThem: boolean;
  }[];
}

/** Every signal of every region, opened with the regions' own keys. */
export async function storedSignals({ federation, casts, youths }: World): Promise<StoredSignal[]> {
  const signals = await Promise.all(
    casts.map(async ({ region, filers }) => {
      const { nodeKey } = federation.plan.regions.find(({ id }) => id === region)!;
      const key = new SealingKey(nodeKey);
      const rows = await query<{
        id: string;
        number: string;
        subject: string;
        youth: string;
        sealed: Buffer;
      }>(
        federation.postgres.urlOf(region),
        `select s.id, s.number, p.subject, y.id as youth, y.bsn_sealed as sealed
         from signal s join professional p on p.id = s.professional_id join youth y on y.id = s.youth_id`,
      );
      return rows.map(({ id, number, subject, youth, sealed }): StoredSignal => {
        const bsn = key.open(`youth-bsn/${youth}`, sealed).toString('ascii');
        return {
          id,
          number,
          filer: filers.find((filer) => filer.subject === subject)!,
          youth: youths.find((candidate) => candidate.bsn === bsn)!,
        };
      });
    }),
  );
  return signals.flat();
}

/** What every filer sees, by number of the own signal. */
export async function seenMatches({ federation, casts }: World): Promise<Map<string, SeenMatch>> {
  const seen = new Map<string, SeenMatch>();
  for (const { region, filers } of casts) {
    const { url } = federation.regions.find(({ id }) => id === region)!;
    for (const { subject } of filers)
      for (const match of await new Visitor(url, subject).read<SeenMatch[]>('matches'))
        seen.set(match.signalNumber, match);
  }
  return seen;
}

/** Whom the filer of a signal should see, and in what kind of match. */
export function othersOf(
  signal: StoredSignal,
  signals: readonly StoredSignal[],
): { kind: 'same-youth' | 'sibling'; signal: StoredSignal }[] {
  return signals
    .filter(({ filer, youth }) => filer !== signal.filer && youth.family === signal.youth.family)
    .map((other) => ({ kind: other.youth === signal.youth ? 'same-youth' : 'sibling', signal: other }));
}
