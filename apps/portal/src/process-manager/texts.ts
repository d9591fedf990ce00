const nl = {
  queue: {
    title: 'Matches opvolgen',
    lead: 'Wat is opgeschaald, staat bovenaan; daarna wat stilligt. Over de jeugdige ziet u hier niets.',
    none: 'Er zijn nu geen matches om op te volgen',
    noneHint: 'Zodra professionals in uw gemeente elkaar vinden, verschijnt dat hier.',
    match: (moment: string) => `Match sinds ${moment}`,
    possibleMatch: (moment: string) => `Mogelijke match sinds ${moment}`,
    stages: {
      escalated: 'Opgeschaald',
      stalled: 'Ligt stil',
      waiting: 'Wacht op contact',
      'in-contact': 'In contact',
    },
    terms: (stalled: string, escalated: string) =>
      `Zonder contact ligt deze match stil na ${stalled} en wordt opgeschaald na ${escalated}.`,
    matchregisseur: 'Matchregisseur',
    involved: 'Betrokken',
    kinds: { sibling: 'Bij een broer of zus', 'possibly-same-youth': 'Bij mogelijk dezelfde jeugdige' },
    possible: (n: number) =>
      n === 1 ? 'Mogelijk is nog iemand betrokken' : `Mogelijk zijn nog ${n} anderen betrokken`,
    possibleHint:
      'Over een jeugdige zonder BSN met dezelfde achternaam, geboortedatum en hetzelfde geslacht. Beide kanten moeten nog bevestigen dat het om dezelfde jeugdige kan gaan; tot dan ziet niemand elkaars gegevens.',
    standsIn: (name: string) => `Neemt waar voor ${name}`,
    samePerson: 'Zelf, in een andere regio',
    samePersonHint:
      'Wie hier een signaal heeft, zegt dit signaal in een andere regio zelf te hebben afgegeven.',
    saidBy: (name: string) => `Volgens ${name} is dit dezelfde persoon`,
    forward: 'Doorsturen naar een andere gemeente',
    forwardHint:
      'Voor een gemeente in een andere regio. De procesmanager daar krijgt de contactgegevens, niets over de jeugdige.',
    municipality: 'Gemeente',
    choose: 'Kies een gemeente',
    send: 'Doorsturen',
    cancel: 'Niet doorsturen',
    forwarded: (names: string) => `Doorgestuurd naar ${names}.`,
  },
  moves: {
    title: 'Verhuizingen',
    lead: 'Jeugdigen met een signaal die in uw gemeente kwamen wonen, en zaken die naar u zijn doorgestuurd.',
    none: 'Er zijn nu geen verhuizingen te plaatsen',
    noneHint: 'Verhuist een jeugdige met een signaal naar uw gemeente, dan hoort u dat hier.',
    kinds: { move: 'Verhuizing', 'case-forward': 'Doorgestuurd' },
    at: (moment: string) => `Gehoord op ${moment}`,
    from: (region: string) => `Van ${region}`,
    by: 'Doorgestuurd door',
    people: 'Wie een signaal heeft',
    more: (n: number) => `En nog ${n} anderen.`,
    placed: 'Iemand hier weet ervan',
    placedHint: 'Weet iemand in uw gemeente hiervan? Dan kan dit uit de lijst.',
  },
};

const en: typeof nl = {
  queue: {
    title: 'Follow up matches',
    lead: 'What is escalated comes first, then what stalls. Nothing about the youth is shown here.',
    none: 'There are no matches to follow up now',
    noneHint: 'As soon as professionals in your municipality find each other, it appears here.',
    match: (moment) => `Match since ${moment}`,
    possibleMatch: (moment) => `Possible match since ${moment}`,
    stages: {
      escalated: 'Escalated',
      stalled: 'Stalled',
      waiting: 'Waits for contact',
      'in-contact': 'In contact',
    },
    terms: (stalled, escalated) =>
      `Without contact this match stalls after ${stalled} and is escalated after ${escalated}.`,
    matchregisseur: 'Matchregisseur (who leads)',
    involved: 'Involved',
    kinds: { sibling: 'With a brother or sister', 'possibly-same-youth': 'With what may be the same youth' },
    possible: (n) => (n === 1 ? 'Somebody else may be involved' : `${n} others may be involved`),
    possibleHint:
      'With a youth without BSN of the same surname, birth date and sex. Both sides still have to confirm that it can be the same youth; until then nobody sees the details of the other.',
    standsIn: (name) => `Stands in for ${name}`,
    samePerson: 'Themselves, in another region',
    samePersonHint: 'Whose signal this is here says that they filed this signal in another region too.',
    saidBy: (name) => `According to ${name} this is the same person`,
    forward: 'Forward to another municipality',
    forwardHint:
      'To a municipality of another region. Its process manager gets the contact details, nothing about the youth.',
    municipality: 'Municipality',
    choose: 'Choose a municipality',
    send: 'Forward',
    cancel: 'Do not forward',
    forwarded: (names) => `Forwarded to ${names}.`,
  },
  moves: {
    title: 'Moves',
    lead: 'Youths with a signal who came to live in your municipality, and cases that were forwarded to you.',
    none: 'There are no moves to place now',
    noneHint: 'If a youth with a signal moves to your municipality, you hear it here.',
    kinds: { move: 'Move', 'case-forward': 'Forwarded' },
    at: (moment) => `Heard on ${moment}`,
    from: (region) => `From ${region}`,
    by: 'Forwarded by',
    people: 'Who has a signal',
    more: (n) => `And ${n} others.`,
    placed: 'Somebody here knows of it',
    placedHint: 'Does somebody in your municipality know of it? Then it can leave the list.',
  },
};

export const processManager = { nl, en };
