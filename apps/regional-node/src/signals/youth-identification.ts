import { Injectable } from '@nestjs/common';
import { Bsn } from '#libs/bsn';
import { ageIsCertainlyAtLeast, dayInAmsterdam, type RegisterDate } from '#libs/calendar';
import { Clock } from '#libs/clock';
import { invalidField, Problem, type InvalidParam } from '#libs/problems';
import type { CovenantOrganisation } from '../covenant/index.js';
import {
  birthDateFits,
  knownBirthDate,
  PersonRegister,
  type Consultation,
  type Datum,
  type LookUp,
  type PersonSearch,
  type RegisteredPerson,
  type SearchOutcome,
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

  /** @throws Problem that names the field or asks for one more, when nobody or more than one fits, or nobody eligible; or no register. */
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
    const birthDate = givenBirthDate(youth);
    const person =
      youth instanceof YouthByBsn
        ? foundOrRefused(await this.register.findByBsn(Bsn.parse(youth.bsn), consultation), ['youth.bsn'])
        : meantOrAsked(await this.register.search(searchOf(youth, birthDate), consultation));
    if (!birthDateFits(person.birthDate, birthDate)) {
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

/** The birth date of a request, as far as it is known. */
export const givenBirthDate = ({ birthDate }: { birthDate: string }): RegisterDate =>
  knownBirthDate(birthDate) ?? { type: 'DatumOnbekend', onbekend: true };

const searchOf = ({ houseNumber, ...youth }: YouthBySearch, birthDate: RegisterDate): PersonSearch => ({
  ...youth,
  birthDate,
  ...(houseNumber === undefined ? {} : { houseNumber: Number.parseInt(houseNumber, 10) }),
});

function foundOrRefused(lookUp: LookUp, fields: readonly string[]): RegisteredPerson {
  switch (lookUp.outcome) {
    case 'found':
      return lookUp.person;
    case 'not-found':
      throw notIdentified(
        fields.map((name) => ({ name, code: 'unknown', reason: 'Hierbij is niemand gevonden.' })),
      );
    case 'unavailable':
      throw new Problem('person-register-unavailable');
    case 'refused':
      throw new Problem('person-register-refuses');
  }
}

/** How the next datum is asked for. */
const ASKS: Record<Datum, { reason: string }> = {
  givenName: { reason: 'Vul ook de voornaam in, zoals die in een document staat.' },
  postcode: { reason: 'Vul ook de postcode in van het adres waar de jeugdige staat ingeschreven.' },
  houseNumber: { reason: 'Vul ook het huisnummer in van het adres waar de jeugdige staat ingeschreven.' },
};

/** @throws Problem that asks for the next datum, in the same words for nobody, for several and for a secret address */
function meantOrAsked(search: SearchOutcome): RegisteredPerson {
  switch (search.outcome) {
    case 'found':
      return search.person;
    case 'not-identified':
      if (search.asks === undefined)
        throw new Problem('youth-not-identified', {
          detail:
            'Met deze gegevens vinden we niet precies één persoon. Controleer ze allemaal aan de hand van een document.',
        });
      throw new Problem('one-more-datum', {
        invalidParams: [{ name: `youth.${search.asks}`, code: 'needed', ...ASKS[search.asks] }],
      });
    case 'unavailable':
      throw new Problem('person-register-unavailable');
    case 'refused':
      throw new Problem('person-register-refuses');
  }
}

const notIdentified = (invalidParams: InvalidParam[]): Problem =>
  new Problem('youth-not-identified', { invalidParams });
