import { Injectable } from '@nestjs/common';
import { Bsn } from '#libs/bsn';
import { ageIsCertainlyAtLeast, dayInAmsterdam, fits } from '#libs/calendar';
import { Clock } from '#libs/clock';
import { invalidField, Problem, type InvalidParam } from '#libs/problems';
import type { CovenantOrganisation } from '../covenant/index.js';
import {
  PersonRegister,
  type Consultation,
  type LookUp,
  type RegisteredPerson,
} from '../person-register/index.js';
import { Descriptions, type DescribedPerson, type YouthDescription } from '../youths/index.js';
import { YouthByBsn, type YouthBySearch, type YouthWithoutBsn } from './dto/youth.dto.js';
import { eligibleYouth } from './rules/eligible-youth.rule.js';
import { isNotBornYet } from './rules/not-born-yet.rule.js';

/** A youth without BSN, with what it is compared by. */
export interface Described {
  description: YouthDescription;
  person: DescribedPerson;
}

/** Establishes with the person register which youth is meant, and that a signal on them is possible. */
@Injectable()
export class YouthIdentification {
  constructor(
    private readonly register: PersonRegister,
    private readonly descriptions: Descriptions,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem that names the field, when there is nobody, more than one, or nobody eligible; or no register. */
  async identify(
    youth: YouthByBsn | YouthBySearch,
    organisation: CovenantOrganisation,
    consultation: Consultation,
  ): Promise<RegisteredPerson> {
    if (youth instanceof YouthByBsn && !organisation.mayUseBsn) {
      throw invalidField(
        'youth.bsn',
        'notAllowed',
        'Uw organisatie mag het BSN niet gebruiken. Geef naam, geboortedatum, geslacht en postcode op.',
      );
    }
    this.refuseFuture(youth);
    const lookUp =
      youth instanceof YouthByBsn
        ? await this.register.findByBsn(Bsn.parse(youth.bsn), consultation)
        : await this.register.search(youth, consultation);
    const person = foundOrRefused(lookUp, youth instanceof YouthByBsn ? BY_BSN : BY_SEARCH);
    if (!fits(person.birthDate, youth.birthDate)) {
      throw notIdentified([
        { name: 'youth.birthDate', code: 'noMatch', reason: 'Deze geboortedatum past niet bij de persoon.' },
      ]);
    }
    this.refuseIneligible(person, youth instanceof YouthByBsn ? 'youth.bsn' : 'youth.surname');
    return person;
  }

  /** Establishes once more that a signal is possible on a youth whom this node knows. @throws Problem as `identify` does */
  async again(bsn: Bsn, consultation: Consultation): Promise<RegisteredPerson> {
    const person = foundOrRefused(await this.register.findByBsn(bsn, consultation), []);
    this.refuseIneligible(person, 'id');
    return person;
  }

  /** Establishes by what a youth without BSN is compared. @throws Problem that names the field */
  describe({ surname, birthDate, sex }: YouthWithoutBsn): Described {
    const description = { surname, birthDate, sex };
    const person = this.descriptions.personOf(description);
    if (!person)
      throw invalidField(
        'youth.surname',
        'notLatin',
        'Vul de achternaam in met Latijnse letters, zoals in het reisdocument.',
      );
    this.refuseFuture({ birthDate });
    this.refuseIneligible({ birthDate: { type: 'Datum', datum: birthDate }, deceased: false }, '');
    return { description, person };
  }

  private refuseFuture({ birthDate }: { birthDate: string }): void {
    if (isNotBornYet(birthDate, dayInAmsterdam(this.clock.now())))
      throw invalidField('youth.birthDate', 'inFuture', 'Deze datum ligt in de toekomst.');
  }

  private refuseIneligible(
    person: Pick<RegisteredPerson, 'birthDate' | 'deceased'>,
    identifying: string,
  ): void {
    const is23OrOlder = ageIsCertainlyAtLeast(person.birthDate, 23, dayInAmsterdam(this.clock.now()));
    const ineligible = eligibleYouth({ deceased: person.deceased, is23OrOlder });
    if (!ineligible) return;
    throw new Problem('youth-not-eligible', {
      invalidParams: [
        ineligible === 'deceased'
          ? { name: identifying, code: 'deceased', reason: 'Deze persoon is overleden.' }
          : { name: 'youth.birthDate', code: 'age', reason: 'Deze persoon is 23 jaar of ouder.' },
      ],
    });
  }
}

const BY_BSN = ['youth.bsn'];
const BY_SEARCH = ['youth.surname', 'youth.birthDate', 'youth.sex', 'youth.postcode'];

function foundOrRefused(lookUp: LookUp, fields: readonly string[]): RegisteredPerson {
  const refusal = (code: string, reason: string) =>
    notIdentified(fields.map((name) => ({ name, code, reason })));
  switch (lookUp.outcome) {
    case 'found':
      return lookUp.person;
    case 'not-found':
      throw refusal('unknown', 'Hierbij is niemand gevonden.');
    case 'not-unique':
      throw refusal('notUnique', 'Hierbij past meer dan één persoon.');
    case 'unavailable':
      throw new Problem('person-register-unavailable');
  }
}

const notIdentified = (invalidParams: InvalidParam[]): Problem =>
  new Problem('youth-not-identified', { invalidParams });
