import type { FamilySpec, PersonSpec } from './spec.js';

type Rest = Omit<PersonSpec, 'key' | 'voornamen' | 'geslachtsnaam' | 'born' | 'sex'>;

const person = (
  sex: 'M' | 'V',
  key: string,
  voornamen: string,
  geslachtsnaam: string,
  born: PersonSpec['born'],
  rest: Rest,
): PersonSpec => ({ key, voornamen, geslachtsnaam, born, sex, ...rest });

/** Families for the acceptance stories. Their order decides their BSNs: add new ones at the end. */
export const NAMED_FAMILIES: FamilySpec[] = [
  {
    key: 'same-youth',
    about: 'One youth in Utrecht, both parents known, no brothers or sisters.',
    persons: [
      person('V', 'same-youth', 'Sanne', 'Voorbeeld', '2012-03-14', {
        household: 'same-youth',
        municipality: '0344',
        parents: ['same-youth-mother', 'same-youth-father'],
      }),
      person('V', 'same-youth-mother', 'Petra Maria', 'Proefpersoon', '1981-07-02', {
        household: 'same-youth',
        municipality: '0344',
      }),
      person('M', 'same-youth-father', 'Karel', 'Voorbeeld', '1979-11-23', {
        household: 'same-youth',
        municipality: '0344',
      }),
    ],
  },
  {
    key: 'half-brothers',
    about: 'Same father, different mothers, surnames and regions.',
    persons: [
      person('M', 'half-brother-utrecht', 'Daan', 'Testen', '2011-06-02', {
        voorvoegsel: 'van den',
        household: 'half-brothers-utrecht',
        municipality: '0344',
        parents: ['half-brothers-mother-utrecht', 'half-brothers-father'],
      }),
      person('M', 'half-brother-rotterdam', 'Milan', 'Fictief', '2015-09-21', {
        household: 'half-brothers-rotterdam',
        municipality: '0599',
        parents: ['half-brothers-mother-rotterdam', 'half-brothers-father'],
      }),
      person('V', 'half-brothers-mother-utrecht', 'Marije', 'Demo', '1983-01-30', {
        household: 'half-brothers-utrecht',
        municipality: '0344',
      }),
      person('V', 'half-brothers-mother-rotterdam', 'Yvonne', 'Fictief', '1986-04-11', {
        household: 'half-brothers-rotterdam',
        municipality: '0599',
      }),
      person('M', 'half-brothers-father', 'Henk', 'Testen', '1980-10-05', {
        voorvoegsel: 'van den',
        household: 'half-brothers-rotterdam',
        municipality: '0599',
      }),
    ],
  },
  {
    key: 'three-regions',
    about: 'Three full siblings, each in another region.',
    persons: [
      person('V', 'three-regions-amersfoort', 'Noor', 'Oefening', '2009-02-17', {
        household: 'three-regions-amersfoort',
        municipality: '0307',
        parents: ['three-regions-mother', 'three-regions-father'],
      }),
      person('M', 'three-regions-leiden', 'Bram', 'Oefening', '2007-08-29', {
        household: 'three-regions-leiden',
        municipality: '0546',
        parents: ['three-regions-mother', 'three-regions-father'],
      }),
      person('V', 'three-regions-vlaardingen', 'Lotte', 'Oefening', '2006-05-06', {
        household: 'three-regions-vlaardingen',
        municipality: '0622',
        parents: ['three-regions-mother', 'three-regions-father'],
      }),
      person('V', 'three-regions-mother', 'Anja', 'Oefenaar', '1978-12-12', {
        household: 'three-regions-amersfoort',
        municipality: '0307',
      }),
      person('M', 'three-regions-father', 'Joost', 'Oefening', '1976-03-03', {
        household: 'three-regions-amersfoort',
        municipality: '0307',
      }),
    ],
  },
  {
    key: 'siblings-at-home',
    about: 'Three full siblings at one address in Leiden.',
    persons: [
      person('V', 'siblings-at-home-eldest', 'Julia', 'Huiselijk', '2010-01-09', {
        household: 'siblings-at-home',
        municipality: '0546',
        parents: ['siblings-at-home-mother', 'siblings-at-home-father'],
      }),
      person('M', 'siblings-at-home-middle', 'Thijs', 'Huiselijk', '2012-11-18', {
        household: 'siblings-at-home',
        municipality: '0546',
        parents: ['siblings-at-home-mother', 'siblings-at-home-father'],
      }),
      person('M', 'siblings-at-home-youngest', 'Sem', 'Huiselijk', '2016-07-25', {
        household: 'siblings-at-home',
        municipality: '0546',
        parents: ['siblings-at-home-mother', 'siblings-at-home-father'],
      }),
      person('V', 'siblings-at-home-mother', 'Carla', 'Thuis', '1984-09-14', {
        household: 'siblings-at-home',
        municipality: '0546',
      }),
      person('M', 'siblings-at-home-father', 'Wim', 'Huiselijk', '1982-02-20', {
        household: 'siblings-at-home',
        municipality: '0546',
      }),
    ],
  },
  {
    key: 'twins',
    about: 'Twins of different sex in Zeist: surname, birth date and sex tell them apart.',
    persons: [
      person('M', 'twin-brother', 'Finn', 'Tweeling', '2014-01-30', {
        household: 'twins',
        municipality: '0355',
        parents: ['twins-mother', 'twins-father'],
      }),
      person('V', 'twin-sister', 'Fleur', 'Tweeling', '2014-01-30', {
        household: 'twins',
        municipality: '0355',
        parents: ['twins-mother', 'twins-father'],
      }),
      person('V', 'twins-mother', 'Ineke', 'Tweespalt', '1985-05-15', {
        household: 'twins',
        municipality: '0355',
      }),
      person('M', 'twins-father', 'Rob', 'Tweeling', '1984-06-16', {
        household: 'twins',
        municipality: '0355',
      }),
    ],
  },
  {
    key: 'ambiguous-twins',
    about: "Twins of the same sex in 's-Gravenhage: surname, birth date, sex and postcode fit both.",
    persons: [
      person('V', 'ambiguous-twin-first', 'Evi', 'Dubbelganger', '2013-05-05', {
        household: 'ambiguous-twins',
        municipality: '0518',
        parents: ['ambiguous-twins-mother'],
        remark: 'not identifiable without BSN',
      }),
      person('V', 'ambiguous-twin-second', 'Isa', 'Dubbelganger', '2013-05-05', {
        household: 'ambiguous-twins',
        municipality: '0518',
        parents: ['ambiguous-twins-mother'],
        remark: 'not identifiable without BSN',
      }),
      person('V', 'ambiguous-twins-mother', 'Greet', 'Dubbelganger', '1988-08-08', {
        household: 'ambiguous-twins',
        municipality: '0518',
        remark: 'the only parent',
      }),
    ],
  },
  {
    key: 'young-parent',
    about:
      'A youth who is a parent as well. Her child has a half-brother through the father; she has a brother herself, who is no sibling of the child.',
    persons: [
      person('V', 'young-parent', 'Romy', 'Jongemoeder', '2005-04-18', {
        household: 'young-parent',
        municipality: '0502',
        parents: ['young-parent-mother'],
        remark: 'youth and parent at once',
      }),
      person('V', 'young-parent-child', 'Lux', 'Jongemoeder', '2024-02-11', {
        household: 'young-parent',
        municipality: '0502',
        parents: ['young-parent', 'young-father'],
      }),
      person('M', 'young-father', 'Timo', 'Jongevader', '2004-08-09', {
        household: 'young-father',
        municipality: '0599',
        remark: 'youth and parent at once',
      }),
      person('M', 'young-parent-child-half-brother', 'Mees', 'Jongevader', '2022-10-01', {
        household: 'young-parent-half-brother',
        municipality: '0518',
        parents: ['young-parent-half-brother-mother', 'young-father'],
      }),
      person('M', 'young-parent-brother', 'Stijn', 'Jongemoeder', '2010-12-24', {
        household: 'young-parent-mother',
        municipality: '0344',
        parents: ['young-parent-mother'],
        remark: 'sibling of the young parent, not of her child',
      }),
      person('V', 'young-parent-mother', 'Ria', 'Jongemoeder', '1980-03-27', {
        household: 'young-parent-mother',
        municipality: '0344',
      }),
      person('V', 'young-parent-half-brother-mother', 'Anouk', 'Bedacht', '2001-01-19', {
        household: 'young-parent-half-brother',
        municipality: '0518',
      }),
    ],
  },
  {
    key: 'protected-youth',
    about: 'A youth with a protected address, and a sister without in another region.',
    persons: [
      person('V', 'protected-youth', 'Jade', 'Geheim', '2010-10-10', {
        household: 'protected-youth',
        municipality: '0344',
        parents: ['protected-youth-mother'],
        protectedAddress: true,
      }),
      person('V', 'protected-youth-sister', 'Robin', 'Openbaar', '2008-04-04', {
        household: 'protected-youth-sister',
        municipality: '0599',
        parents: ['protected-youth-mother'],
      }),
      person('V', 'protected-youth-mother', 'Linda', 'Geheim', '1982-12-01', {
        household: 'protected-youth',
        municipality: '0344',
        protectedAddress: true,
      }),
    ],
  },
  {
    key: 'protected-sibling',
    about: 'A youth in Alphen aan den Rijn whose brother in Zeist has a protected address.',
    persons: [
      person('M', 'protected-sibling-open', 'Luuk', 'Zichtbaar', '2011-03-08', {
        household: 'protected-sibling-open',
        municipality: '0484',
        parents: ['protected-sibling-father'],
      }),
      person('M', 'protected-sibling-hidden', 'Jens', 'Zichtbaar', '2009-09-19', {
        household: 'protected-sibling-hidden',
        municipality: '0355',
        parents: ['protected-sibling-father'],
        protectedAddress: true,
      }),
      person('M', 'protected-sibling-father', 'Bas', 'Zichtbaar', '1979-02-22', {
        household: 'protected-sibling-open',
        municipality: '0484',
      }),
    ],
  },
  {
    key: 'dead-youth',
    about: 'A youth who has died, and a living brother.',
    persons: [
      person('V', 'dead-youth', 'Nina', 'Verzonnen', '2008-06-30', {
        household: 'dead-youth',
        municipality: '0484',
        parents: ['dead-youth-mother'],
        diedOn: '2025-03-12',
      }),
      person('M', 'dead-youth-brother', 'Tobias', 'Verzonnen', '2011-01-13', {
        household: 'dead-youth',
        municipality: '0484',
        parents: ['dead-youth-mother'],
      }),
      person('V', 'dead-youth-mother', 'Wilma', 'Verzonnen', '1980-08-18', {
        household: 'dead-youth',
        municipality: '0484',
      }),
    ],
  },
  {
    key: 'dead-parent',
    about: 'Siblings apart whose only common parent has died: still siblings.',
    persons: [
      person('V', 'dead-parent-daughter', 'Esmee', 'Wees', '2009-05-28', {
        household: 'dead-parent-daughter',
        municipality: '0622',
        parents: ['dead-parent'],
      }),
      person('M', 'dead-parent-son', 'Ruben', 'Wees', '2013-12-06', {
        household: 'dead-parent-son',
        municipality: '0307',
        parents: ['dead-parent'],
      }),
      person('V', 'dead-parent', 'Helena', 'Wees', '1977-10-31', {
        household: 'dead-parent-daughter',
        municipality: '0622',
        diedOn: '2021-09-01',
      }),
    ],
  },
  {
    key: 'emigrated',
    about: 'A youth who moved abroad, and a sister who stayed.',
    persons: [
      person('M', 'emigrated', 'Jesse', 'Vertrokken', '2010-08-03', {
        household: 'emigrated',
        municipality: '1999',
        parents: ['emigrated-father'],
        emigratedOn: '2024-07-01',
      }),
      person('V', 'emigrated-sister', 'Mila', 'Vertrokken', '2012-02-15', {
        household: 'emigrated-stayed',
        municipality: '0502',
        parents: ['emigrated-father'],
      }),
      person('M', 'emigrated-father', 'Erik', 'Vertrokken', '1983-11-11', {
        household: 'emigrated-stayed',
        municipality: '0502',
      }),
    ],
  },
  {
    key: 'age-limit',
    about: 'Around the 23rd birthday, seen from November 2026: three siblings.',
    persons: [
      person('M', 'over-23', 'Rik', 'Grensgeval', '2002-05-17', {
        household: 'age-limit',
        municipality: '0307',
        parents: ['age-limit-mother'],
        remark: '24 years old',
      }),
      person('V', 'almost-23', 'Amber', 'Grensgeval', '2003-12-05', {
        household: 'age-limit-almost',
        municipality: '0344',
        parents: ['age-limit-mother'],
        remark: '23 on 5 December 2026',
      }),
      person('M', 'under-23', 'Jurre', 'Grensgeval', '2006-09-09', {
        household: 'age-limit',
        municipality: '0307',
        parents: ['age-limit-mother'],
        remark: '20 years old',
      }),
      person('V', 'age-limit-mother', 'Hanneke', 'Grensgeval', '1979-04-25', {
        household: 'age-limit',
        municipality: '0307',
      }),
    ],
  },
  {
    key: 'leap-day',
    about: 'Born on 29 February: 23 on 1 March 2027.',
    persons: [
      person('V', 'leap-day', 'Bente', 'Schrikkel', '2004-02-29', {
        household: 'leap-day',
        municipality: '0599',
        parents: ['leap-day-father'],
      }),
      person('M', 'leap-day-father', 'Otto', 'Schrikkel', '1975-07-07', {
        household: 'leap-day',
        municipality: '0599',
      }),
    ],
  },
  {
    key: 'incomplete-dates',
    about: 'Youths of whose birth date a part is unknown: found by BSN only. The first two are siblings.',
    persons: [
      person(
        'V',
        'year-only',
        'Amina',
        'Onvolledig',
        { type: 'JaarDatum', jaar: 2009 },
        {
          household: 'incomplete-dates',
          municipality: '0546',
          parents: ['incomplete-dates-mother'],
          remark: 'only the year known',
        },
      ),
      person(
        'M',
        'year-and-month',
        'Idris',
        'Onvolledig',
        { type: 'JaarMaandDatum', jaar: 2008, maand: 7 },
        {
          household: 'incomplete-dates',
          municipality: '0546',
          parents: ['incomplete-dates-mother'],
          remark: 'day unknown',
        },
      ),
      person(
        'V',
        'incomplete-dates-mother',
        'Farah',
        'Onvolledig',
        { type: 'JaarDatum', jaar: 1985 },
        { household: 'incomplete-dates', municipality: '0546' },
      ),
      person(
        'M',
        'birth-date-unknown',
        'Yusuf',
        'Onbekendedag',
        { type: 'DatumOnbekend', onbekend: true },
        { household: 'birth-date-unknown', municipality: '0484', remark: 'birth date unknown' },
      ),
    ],
  },
  {
    key: 'missing-parents',
    about: 'No parents known; a parent known by name only; one parent of two with a number.',
    persons: [
      person('M', 'no-parents', 'Adam', 'Ouderloos', '2011-11-11', {
        household: 'no-parents',
        municipality: '0344',
        remark: 'no parents known',
      }),
      person('V', 'parent-without-number', 'Lieve', 'Naamloos', '2012-06-21', {
        household: 'parent-without-number',
        municipality: '0355',
        parentWithoutNumber: { voornamen: 'Ursula', geslachtsnaam: 'Naamloos' },
        remark: 'the only parent has no number',
      }),
      person('V', 'one-parent-with-number', 'Saar', 'Halfbekend', '2010-02-02', {
        household: 'one-parent-with-number',
        municipality: '0502',
        parents: ['one-parent-with-number-mother'],
        parentWithoutNumber: { voornamen: 'Victor', geslachtsnaam: 'Halfbekend' },
        remark: 'one parent can be compared',
      }),
      person('V', 'one-parent-with-number-mother', 'Trudy', 'Bekend', '1984-03-16', {
        household: 'one-parent-with-number',
        municipality: '0502',
      }),
    ],
  },
  {
    key: 'chain',
    about:
      'The first and the second share a mother, the second and the third a father: first and third are no siblings.',
    persons: [
      person('V', 'chain-first', 'Elin', 'Schakel', '2008-03-22', {
        household: 'chain-first',
        municipality: '0344',
        parents: ['chain-mother'],
      }),
      person('M', 'chain-second', 'Kas', 'Ketting', '2012-09-02', {
        household: 'chain-second',
        municipality: '0518',
        parents: ['chain-mother', 'chain-father'],
      }),
      person('V', 'chain-third', 'Pip', 'Ketting', '2017-04-30', {
        household: 'chain-third',
        municipality: '0622',
        parents: ['chain-third-mother', 'chain-father'],
      }),
      person('V', 'chain-mother', 'Simone', 'Schakel', '1981-01-01', {
        household: 'chain-second',
        municipality: '0518',
      }),
      person('M', 'chain-father', 'Dirk', 'Ketting', '1980-02-02', {
        household: 'chain-third',
        municipality: '0622',
      }),
      person('V', 'chain-third-mother', 'Tessa', 'Slotje', '1989-03-03', {
        household: 'chain-third',
        municipality: '0622',
      }),
    ],
  },
  {
    key: 'step-siblings',
    about: 'Two youths at one address in Amersfoort who share no parent: no siblings.',
    persons: [
      person('M', 'step-brother', 'Cas', 'Samengesteld', '2010-07-19', {
        household: 'step-siblings',
        municipality: '0307',
        parents: ['step-father'],
      }),
      person('V', 'step-sister', 'Yara', 'Nieuwgezin', '2011-08-20', {
        household: 'step-siblings',
        municipality: '0307',
        parents: ['step-mother'],
      }),
      person('M', 'step-father', 'Gijs', 'Samengesteld', '1978-05-09', {
        household: 'step-siblings',
        municipality: '0307',
      }),
      person('V', 'step-mother', 'Monique', 'Nieuwgezin', '1980-06-10', {
        household: 'step-siblings',
        municipality: '0307',
      }),
    ],
  },
  {
    key: 'same-name',
    about: 'Two unrelated youths of the same surname, birth date and sex: the postcode tells them apart.',
    persons: [
      person('M', 'same-name-utrecht', 'Tim', 'Naamgenoot', '2010-04-01', {
        household: 'same-name-utrecht',
        municipality: '0344',
        parents: ['same-name-utrecht-mother'],
      }),
      person('M', 'same-name-rotterdam', 'Tom', 'Naamgenoot', '2010-04-01', {
        household: 'same-name-rotterdam',
        municipality: '0599',
        parents: ['same-name-rotterdam-mother'],
      }),
      person('V', 'same-name-utrecht-mother', 'Els', 'Naamgenoot', '1980-11-20', {
        household: 'same-name-utrecht',
        municipality: '0344',
      }),
      person('V', 'same-name-rotterdam-mother', 'Ans', 'Naamgenoot', '1981-12-21', {
        household: 'same-name-rotterdam',
        municipality: '0599',
      }),
    ],
  },
  {
    key: 'diacritics',
    about: 'A name with diacritics, a hyphen and an apostrophe.',
    persons: [
      person('V', 'diacritics', 'Anaïs Zoë', "Çelik-O'Voorbéeld", '2011-02-28', {
        household: 'diacritics',
        municipality: '0518',
        parents: ['diacritics-father'],
      }),
      person('M', 'diacritics-father', 'Émile', "O'Voorbéeld", '1982-10-17', {
        household: 'diacritics',
        municipality: '0518',
      }),
    ],
  },
  {
    key: 'movers',
    about: 'Brothers in Utrecht and Leiden, for stories in which somebody moves or dies at run time.',
    persons: [
      person('M', 'mover', 'Hidde', 'Verhuizer', '2011-05-14', {
        household: 'mover',
        municipality: '0344',
        parents: ['movers-mother', 'movers-father'],
      }),
      person('M', 'mover-brother', 'Siem', 'Verhuizer', '2014-10-26', {
        household: 'mover-brother',
        municipality: '0546',
        parents: ['movers-mother', 'movers-father'],
      }),
      person('V', 'movers-mother', 'Bianca', 'Inpakker', '1983-07-13', {
        household: 'mover',
        municipality: '0344',
      }),
      person('M', 'movers-father', 'Freek', 'Verhuizer', '1981-09-29', {
        household: 'mover-brother',
        municipality: '0546',
      }),
    ],
  },
];
