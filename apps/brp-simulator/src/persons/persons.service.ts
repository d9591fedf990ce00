import { Injectable } from '@nestjs/common';
import { BrpSimulatorConfiguration } from '../config.js';
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
  constructor(
    private readonly register: Register,
    private readonly configuration: BrpSimulatorConfiguration,
  ) {}

  /**
   * The persons that fit a checked request, with the fields that it asks for.
   * @throws BrpProblem `unauthorizedField`, or `tooManyResults` when a search finds more than its type allows.
   */
  answer(query: Query): PersonsAnswer {
    const { fieldsNotAuthorised } = this.configuration;
    if (query.fields.some((field) => fieldsNotAuthorised.includes(field)))
      throw new BrpProblem('unauthorizedField');
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
