/** What a proposal is about, as the node names it. */
export type Kind = 'stand-in' | 'hand-over' | 'designation';

const nl = {
  title: 'Wacht op een tweede persoon',
  proposal: (kind: Kind, person: string, colleague: string) =>
    ({
      'stand-in': `${colleague} wil waarnemen voor ${person}`,
      'hand-over': `${colleague} wil de signalen overnemen van ${person}, die uit dienst gaat`,
      designation: `${person} mag signalen afgeven`,
    })[kind],
  since: (name: string, moment: string) => `Voorgesteld door ${name} op ${moment}`,
  consequence: {
    'stand-in': 'Na akkoord ziet de waarnemer de matches zolang de afwezigheid duurt.',
    'hand-over': 'Na akkoord gaan de signalen over. Dat is niet terug te draaien.',
    designation: 'Werkt deze persoon bij de organisatie en hoort signalen afgeven bij de functie?',
  } as Record<Kind, string>,
  wait: {
    'stand-in': 'Een andere coördinator of de beheerder moet akkoord geven.',
    'hand-over': 'Een andere coördinator of de beheerder moet akkoord geven.',
    designation:
      'De coördinator van de organisatie moet dit bevestigen. Voor wie alleen werkt, doet een andere beheerder dat.',
  } as Record<Kind, string>,
  onMachine: 'Er is geen andere beheerder die dit kan bevestigen. Doe dat met een opdracht op de machine:',
  confirm: 'Akkoord',
  confirmOne: (what: string) => `Akkoord: ${what}`,
  withdraw: 'Niet doen',
  withdrawOne: (what: string) => `Niet doen: ${what}`,
  confirmed: 'Uw akkoord is vastgelegd en uitgevoerd.',
  withdrawn: 'Het voorstel is van de baan.',
};

const en: typeof nl = {
  title: 'Waits for a second person',
  proposal: (kind, person, colleague) =>
    ({
      'stand-in': `${colleague} wants to stand in for ${person}`,
      'hand-over': `${colleague} wants to take over the signals of ${person}, who leaves`,
      designation: `${person} may file signals`,
    })[kind],
  since: (name, moment) => `Proposed by ${name} on ${moment}`,
  consequence: {
    'stand-in': 'Once you agree, the stand-in sees the matches as long as the absence lasts.',
    'hand-over': 'Once you agree, the signals go over. That cannot be undone.',
    designation: 'Does this person work for the organisation, and is filing signals part of the job?',
  },
  wait: {
    'stand-in': 'Another coordinator or the operator must agree.',
    'hand-over': 'Another coordinator or the operator must agree.',
    designation:
      'The coordinator of the organisation must confirm this. For somebody who works alone, another operator does.',
  },
  onMachine: 'There is no other operator who can confirm this. Do so by a command on the machine:',
  confirm: 'Agree',
  confirmOne: (what) => `Agree: ${what}`,
  withdraw: 'Do not do it',
  withdrawOne: (what) => `Do not do it: ${what}`,
  confirmed: 'You agreed, and it is done.',
  withdrawn: 'The proposal is off.',
};

export const personProposals = { nl, en };
