import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { municipalitiesOf, type Professional } from '../directory/index.js';
import { Municipalities } from '../municipalities/index.js';
import { collegeDecides } from './rules/college-decides.rule.js';

/** A signal, or an archived one, that a process manager may see, and whether their college decides about it. */
export interface Concern {
  /** Of the signal; an archived one keeps the id that it had. */
  id: string;
  archived: boolean;
  decides: boolean;
}

interface Row {
  id: string;
  archived: boolean;
  municipality: string | null;
}

const MUNICIPALITY = `coalesce(location.place ->> 'municipality', o.municipality)`;
const FILER = (professionalId: string) => `join professional p on p.id = ${professionalId}
  join organisation o on o.id = p.organisation_id
  left join lateral jsonb_array_elements(o.locations) as location(place) on location.place ->> 'id' = p.location_id`;
/** The database compares, so that what is not theirs comes back as what is absent does: as no row of the same statement. */
const CONCERNS = `select id, archived, municipality from (
  select s.id, false as archived, ${MUNICIPALITY} as municipality, y.municipality as home
    from youth y join signal s on s.youth_id = y.id ${FILER('s.professional_id')}
    where y.bsn_index = $1 and s.shared_at is not null
  union all
  select a.id, true, ${MUNICIPALITY}, (select municipality from youth where bsn_index = $1)
    from archived_signal a ${FILER('a.professional_id')}
    where a.youth_index = $1
) kept where $2 or municipality = any($3) or home = any($3)`;

/**
 * Which signals on a youth a process manager may see, and about which the college decides: the same answer for access, erasure and archive.
 *
 * Who may see a signal? Whoever decides about it, and the process manager of where the youth lives, since that is where people ask.
 */
@Injectable()
export class Competence {
  constructor(private readonly municipalities: Municipalities) {}

  /** @param youthIndex blind index of the youth; one that nobody has takes the same work as one that is not theirs. */
  async over(manager: EntityManager, processManager: Professional, youthIndex: Buffer): Promise<Concern[]> {
    const own = await municipalitiesOf(manager, processManager);
    const rows = await manager.query<Row[]>(CONCERNS, [
      youthIndex,
      own.includes(null),
      this.municipalities.codesOf(own),
    ]);
    const today = own.map((code) => this.municipalities.now(code));
    return rows.map(({ id, archived, municipality }) => ({
      ...{ id, archived },
      decides: collegeDecides(today, this.municipalities.now(municipality)),
    }));
  }
}
