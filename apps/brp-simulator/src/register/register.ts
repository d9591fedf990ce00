import { Injectable } from '@nestjs/common';
import { dayInAmsterdam, type Day } from '#libs/calendar';
import { Clock } from '#libs/clock';
import { addressLinesOf, ageOn, initialsOf } from './derived.js';
import { withLongFormat } from './long-format.js';
import {
  municipalityName,
  municipalityValue,
  NON_RESIDENTS,
  UNKNOWN_MUNICIPALITY,
} from './municipalities.js';
import type { Person, PersonName } from './person.js';

/** What can happen to a person while the simulator runs. */
export interface PersonChange {
  /** Moves to this municipality (four digits), from today; 1999 is emigration, 0000 an unknown residence. */
  gemeenteVanInschrijving?: string;
  /** Turns out to be born on this day. */
  geboorte?: Day;
  /** Died on this day. */
  overlijden?: Day;
  /** The address is protected, or no longer so. */
  geheimhouding?: boolean;
}

/** All persons of the simulated register, in memory. A restart brings back the population as it was shipped. */
@Injectable()
export class Register {
  constructor(
    private readonly persons: Map<string, Person>,
    private readonly clock: Clock,
  ) {}

  get size(): number {
    return this.persons.size;
  }

  all(): Iterable<Person> {
    return this.persons.values();
  }

  find(burgerservicenummer: string): Person | undefined {
    return this.persons.get(burgerservicenummer);
  }

  /** The person as it is delivered today: with age, initials and address lines, which the register computes. */
  present(person: Person): Person & Record<string, unknown> {
    return {
      ...person,
      leeftijd: ageOn(person, this.today()),
      naam: withInitials(person.naam),
      ouders: person.ouders?.map((parent) => ({ ...parent, naam: withInitials(parent.naam) })),
      kinderen: person.kinderen?.map((child) => ({ ...child, naam: withInitials(child.naam) })),
      adressering: addressLinesOf(person),
    };
  }

  /** Changes one person; false when the number is not in the register. Lists of relatives are left as they are. */
  change(burgerservicenummer: string, change: PersonChange): boolean {
    const person = this.persons.get(burgerservicenummer);
    if (!person) return false;
    const { gemeenteVanInschrijving: municipality, geboorte, overlijden, geheimhouding } = change;
    this.persons.set(burgerservicenummer, {
      ...(municipality === undefined ? person : this.moved(person, municipality)),
      ...(geboorte === undefined ? {} : { geboorte: { ...person.geboorte, datum: dateOf(geboorte) } }),
      ...(overlijden === undefined ? {} : diedOn(overlijden)),
      ...(geheimhouding === undefined ? {} : { geheimhoudingPersoonsgegevens: geheimhouding || undefined }),
    });
    return true;
  }

  /** Who comes to live in a municipality, or nobody knows where, is no longer suspended; the dead stay so. */
  private moved(
    {
      gemeenteVanInschrijving: _municipality,
      datumInschrijvingInGemeente: _since,
      opschortingBijhouding: suspension,
      ...person
    }: Person,
    code: string,
  ): Person {
    const today = dateOf(this.today());
    const dead = suspension?.reden?.code === 'O' ? { opschortingBijhouding: suspension } : {};
    if (code === UNKNOWN_MUNICIPALITY)
      return { ...person, ...dead, verblijfplaats: { type: 'VerblijfplaatsOnbekend' } };
    if (code === NON_RESIDENTS)
      return {
        ...person,
        ...municipalityValue(code),
        verblijfplaats: { type: 'VerblijfplaatsBuitenland' },
        opschortingBijhouding: { reden: { code: 'E', omschrijving: 'emigratie' }, datum: today },
        ...dead,
      };
    const name = municipalityName(code);
    return {
      ...person,
      ...dead,
      ...municipalityValue(code),
      datumInschrijvingInGemeente: today,
      verblijfplaats: {
        type: 'Adres',
        verblijfadres: {
          officieleStraatnaam: 'Verhuislaan',
          korteStraatnaam: 'Verhuislaan',
          huisnummer: 1,
          postcode: '9999ZZ',
          ...(name ? { woonplaats: name } : {}),
        },
      },
    };
  }

  private today(): Day {
    return dayInAmsterdam(this.clock.now());
  }
}

const dateOf = (day: Day) => withLongFormat({ type: 'Datum', datum: day });

function diedOn(day: Day): Partial<Person> {
  const datum = dateOf(day);
  return {
    overlijden: { datum },
    opschortingBijhouding: { reden: { code: 'O', omschrijving: 'overlijden' }, datum },
  };
}

function withInitials(name: PersonName | undefined): PersonName | undefined {
  return name && { voorletters: initialsOf(name), ...name };
}
