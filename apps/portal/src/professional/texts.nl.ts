export const nl = {
  who: {
    title: 'Nieuw signaal',
    lead: 'Om wie gaat het? We vragen het personenregister wie dit is. Er wordt nog niets vastgelegd.',
    bsn: 'Burgerservicenummer (BSN)',
    bsnHint: 'Negen cijfers',
    surname: 'Achternaam',
    surnameHint: 'Met of zonder tussenvoegsels',
    birthDate: 'Geboortedatum',
    birthDateHint: 'Bijvoorbeeld 14-3-2012',
    birthDatePartHint: 'Bijvoorbeeld 14-3-2012. Is de dag of de maand niet bekend? Vul dan 3-2012 of 2012 in',
    sex: 'Geslacht',
    sexes: { V: 'Vrouw', M: 'Man', O: 'Onbekend' },
    postcode: 'Postcode',
    postcodeHint:
      'Van het adres waar de jeugdige staat ingeschreven, bijvoorbeeld 3511 AB. Leeg bij een adres in het buitenland',
    houseNumber: 'Huisnummer',
    givenName: 'Voornaam',
    givenNameHint:
      'Een voornaam zoals die in een document staat. Een streepje als de jeugdige geen voornaam heeft',
    oneMore: {
      title: 'We hebben nog één gegeven nodig',
      givenName:
        'Met deze gegevens is nog niet duidelijk om wie het gaat. Vul ook een voornaam in, en kijk na of de rest klopt.',
      postcode:
        'Met deze gegevens is nog niet duidelijk om wie het gaat. Vul ook de postcode in, en kijk na of de rest klopt.',
      houseNumber:
        'Met deze gegevens is nog niet duidelijk om wie het gaat. Vul ook het huisnummer in, en kijk na of de rest klopt.',
    },
    send: 'Verder',
    withoutBsn: 'Ik heb het BSN niet bij de hand',
    withBsn: 'Ik heb het BSN wel',
    noBsn: 'De jeugdige heeft geen BSN',
    hasBsn: 'De jeugdige heeft een BSN',
    noBsnHint:
      'Zonder BSN worden achternaam, geboortedatum en geslacht vergeleken. Neem ze over van een document van de jeugdige.',
    mayNot: 'U kunt hier geen signaal afgeven',
    notDesignated:
      'U bent niet aangewezen om signalen af te geven. Vraag de coördinator van uw organisatie om u aan te wijzen.',
    notSignatory:
      'Uw organisatie neemt niet deel aan het convenant. Neem contact op met de beheerder van uw regio.',
  },
  confirm: {
    title: (name: string) => `Gaat het om ${name}?`,
    birthDate: 'Geboren',
    until: 'Uw signaal blijft staan tot',
    file: 'Signaal afgeven',
    back: 'Nee, terug',
    othersSee: 'Dit zien anderen van u',
    othersSeeLead:
      'Alleen wie ook een signaal heeft over deze jeugdige, of over een broer of zus. Meer dan dit zien zij niet.',
  },
  informed: {
    who: {
      'both-parents': 'de ouders',
      'one-parent': 'de ouder met gezag',
      'parent-and-other': 'de ouder en de ander die samen het gezag hebben',
      guardian: 'de voogd',
      unknown: 'de ouder of ouders met gezag, of de voogd',
    },
    question: {
      representatives: (who: string) => `Hebt u ${who} geïnformeerd?`,
      'representatives-and-youth': (who: string) => `Hebt u de jeugdige geïnformeerd, en ook ${who}?`,
      youth: () => 'Hebt u de jeugdige geïnformeerd?',
      'by-age': () => 'Hebt u opnieuw geïnformeerd wie u moet informeren?',
    },
    law: {
      representatives: (who: string) =>
        `Onder de 12 jaar informeert u wie het gezag heeft: ${who}. Toestemming is niet nodig.`,
      'representatives-and-youth': (who: string) =>
        `Van 12 tot en met 15 jaar informeert u de jeugdige en wie het gezag heeft: ${who}. Toestemming is niet nodig.`,
      youth: () => 'Vanaf 16 jaar informeert u de jeugdige zelf. Toestemming is niet nodig.',
      'by-age': (who: string) =>
        `Onder de 12 jaar is dat ${who}. Van 12 tot en met 15 jaar ook de jeugdige. Vanaf 16 jaar alleen de jeugdige.`,
    },
    yes: 'Ja, vooraf geïnformeerd',
    exception: 'Nog niet, op grond van een uitzondering in de wet',
    exceptionHint:
      'Bijvoorbeeld voor de veiligheid van de jeugdige. Leg de reden vast in uw eigen dossier, niet hier.',
  },
  filed: {
    title: 'Uw signaal is afgegeven',
    next: 'Is er een match, dan ziet u dat hier en krijgt u een e-mail met de contactgegevens van de anderen.',
    number: 'Nummer',
    until: 'Blijft staan tot',
    elsewhere: 'Andere regio’s',
    queued: 'Worden nu doorzocht. Is de landelijke koppeling er even niet, dan gebeurt dat later vanzelf.',
    toMatches: 'Naar mijn matches',
    undo: 'Ongedaan maken',
    undoHint: 'Ongedaan maken kan een uur lang. Daarna kunt u het signaal beëindigen.',
    undoneTitle: 'Het signaal is ongedaan gemaakt',
    undone: 'Er is niets van bewaard.',
    another: 'Ander signaal afgeven',
  },
  own: {
    title: 'Mijn signalen',
    lead: 'Alleen u ziet deze lijst. De namen komen nu uit het personenregister; wij bewaren ze niet.',
    none: 'U hebt geen signalen',
    noneHint: 'Maakt u zich zorgen over een jeugdige? Geef dan een signaal af.',
    file: 'Nieuw signaal',
    noNames:
      'Het personenregister antwoordt nu niet, daarom ziet u nummers in plaats van namen. Uw signalen zijn er nog.',
    number: 'Nummer',
    birthDate: 'Geboren',
    filedAt: 'Afgegeven',
    until: 'Blijft staan tot',
    informed: 'Geïnformeerd',
    informedAs: { yes: 'Ja, vooraf', 'legal-exception': 'Nog niet, uitzondering in de wet' },
    moved: 'Verhuisd',
    movedTo: (municipality: string, moment: string) => `Naar ${municipality}, gehoord op ${moment}`,
    endsSoon: 'Eindigt binnenkort',
    bsn: 'BSN',
    noBsn: 'Niet bekend',
    link: 'BSN invullen',
    renew: 'Verlengen',
    end: 'Beëindigen',
    back: 'Naar mijn signalen',
  },
  earlier: {
    title: 'Eerder betrokken',
    show: 'Wie was eerder betrokken?',
    none: 'Er is niemand die hier nu getoond kan worden.',
    endedOn: (day: string) => `Signaal beëindigd op ${day}`,
  },
  end: {
    title: 'Signaal beëindigen',
    lead: (number: string) => `Signaal ${number}. Met u verdwijnt ook uw kant van de match.`,
    why: 'Waarom eindigt het?',
    whyHint: 'Dit bepaalt alleen wat er bewaard blijft. Uw antwoord wordt nergens vastgelegd.',
    reasons: {
      'risk-gone': {
        label: 'De zorg is voorbij',
        hint: 'Vijf jaar lang blijft bekend dat u een signaal had, niet waarom. Dan wordt het vernietigd.',
      },
      'not-justified': {
        label: 'Het signaal was niet terecht',
        hint: 'Er blijft niets van bewaard.',
      },
      'wrong-youth': {
        label: 'Het ging om een andere jeugdige',
        hint: 'Er blijft niets van bewaard.',
      },
      undone: {
        label: 'Ik gaf het per ongeluk af',
        hint: 'Kan tot een uur na het afgeven. Er blijft niets van bewaard.',
      },
    },
    send: 'Beëindigen',
    keep: 'Laten staan',
    ended: 'Het signaal is beëindigd',
    after: {
      'risk-gone': 'Vijf jaar lang blijft bekend dat u een signaal had, niet waarom.',
      'not-justified': 'Er is niets van bewaard.',
      'wrong-youth': 'Er is niets van bewaard.',
      undone: 'Er is niets van bewaard.',
    },
  },
  link: {
    title: 'BSN invullen',
    lead: (number: string) =>
      `Signaal ${number} is afgegeven zonder BSN. Wie is het volgens het personenregister?`,
    certain:
      'Koppel alleen als u zeker bent. Wie mogelijk dezelfde jeugdige heeft, wordt gevraagd dit ook na te gaan.',
    send: 'Koppelen',
    linked: 'Het signaal is gekoppeld',
    until: (number: string, day: string) =>
      `Signaal ${number} staat nu op naam van deze jeugdige en blijft staan tot ${day}.`,
  },
  renew: {
    title: 'Signaal verlengen',
    lead: (number: string, day: string) =>
      `Signaal ${number} eindigt op ${day}. Verleng het alleen als u nog betrokken bent.`,
    send: 'Verlengen',
    renewed: 'Het signaal is verlengd',
    until: (number: string, day: string) => `Het heet nu ${number} en blijft staan tot ${day}.`,
  },
  matches: {
    title: 'Matches',
    lead: 'Wie is er nog meer betrokken? Neem contact op; wat u bespreekt, staat hier niet.',
    none: 'Er zijn nu geen matches',
    noneHint:
      'Zodra iemand anders ook een signaal heeft, verschijnt dat hier vanzelf en krijgt u een e-mail.',
    file: 'Nieuw signaal',
    news: 'De matches zijn zojuist bijgewerkt.',
    signal: (number: string) => `Signaal ${number}`,
    standingIn: (name: string) => `(u neemt waar voor ${name})`,
    matchregisseur: 'Matchregisseur',
    sameYouth: 'Ook betrokken bij deze jeugdige',
    siblings: 'Betrokken bij een broer of zus',
    siblingsHint: 'Het gaat om een andere jeugdige met een zelfde ouder.',
    alike: 'Betrokken bij mogelijk dezelfde jeugdige',
    possible: 'Mogelijk dezelfde jeugdige',
    possibleHint:
      'Een ander heeft een signaal met dezelfde achternaam, geboortedatum en hetzelfde geslacht, zonder BSN. U ziet elkaars gegevens als u beiden bevestigt dat het om dezelfde jeugdige kan gaan.',
    confirm: 'Dit kan dezelfde jeugdige zijn',
    confirmedByYou: 'Door u bevestigd',
    confirmedByThem: 'Door de ander bevestigd',
    verify: 'De ander kent het BSN inmiddels. Ga na of u het ook kunt vaststellen.',
    standsIn: (name: string) => `Neemt waar voor ${name}`,
    inContact: 'Er is contact',
    noContactYet: 'Nog geen contact',
    contactMade: 'We hebben contact',
    contactWith: (name: string) => `We hebben contact: ${name}`,
    contactByYou: 'Contact, door u gemeld',
    contactByThem: 'Contact, door de ander gemeld',
  },
  absence: {
    title: 'Afwezigheid',
    lead: 'Bent u er enkele dagen niet? Kies wie er waarneemt, dan blijft niemand wachten. Een reden vragen we niet.',
  },
};

export type ProfessionalTexts = typeof nl;
