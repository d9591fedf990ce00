import { Injectable } from '@nestjs/common';
import { Register } from '../register/index.js';
import { BrpProblem } from './brp-problem.js';
import { queryType, type Query } from './query.js';
import { answers } from './search.js';
import { select } from './selection.js';

/** An answer of the BRP API (`PersonenQueryResponse`). */
export interface PersonsAnswer {
  type: Query['type'];
  personen: Record<string, unknown>[];
}

@Injectable()
export class PersonsService {
  constructor(private readonly register: Register) {}

  /**
   * The persons that fit a checked request, with the fields that it asks for.
   * @throws BrpProblem `tooManyResults` when a search finds more than its type allows.
   */
  answer(query: Query): PersonsAnswer {
    const { tree, limit = Infinity } = queryType(query.type);
    const found = [...this.register.all()].filter((person) => answers(person, query));
    if (found.length > limit) {
      throw new BrpProblem('tooManyResults', {
        detail: `Meer dan maximum van ${limit} zoekresultaten gevonden. Verfijn de zoekopdracht.`,
      });
    }
    return {
      type: query.type,
      personen: found.map((person) => select(this.register.present(person), tree, query.fields)),
    };
  }
}
