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
    lost: 'De pagina is opnieuw geladen. Wat u had ingevuld, bewaren we niet. Vul het opnieuw in.',
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
    unanswered: (question: string) => `Geef antwoord op de vraag: ${question}`,
    yes: 'Ja, vooraf geïnformeerd',
    notYet: 'Nog niet, op grond van een uitzondering in de wet',
    notYetHint:
      'Bijvoorbeeld voor de veiligheid van de jeugdige. Leg de reden vast in uw eigen dossier, niet hier.',
    objected: 'Er is bezwaar gemaakt',
    remind: 'Herinner mij hier zes weken aan in mijn eigen lijst. Alleen ik zie dat',
  },
  objection: {
    title: 'Er is bezwaar gemaakt. Wilt u toch een signaal?',
    about: (name: string) => `Het gaat om ${name}.`,
    when: [
      'U mag ook na een bezwaar een signaal afgeven. Toestemming is niet nodig.',
      'Doe dat alleen als u het bezwaar hebt afgewogen en u nog steeds denkt dat de jeugdige in de ontwikkeling wordt bedreigd (Jeugdwet 7.1.4.1).',
      'Leg uw afweging vast in uw eigen dossier, niet hier. Wij bewaren niet dat er bezwaar is gemaakt.',
      'Vertel dat een schriftelijk bezwaar bij de gemeente ook kan.',
    ],
    file: 'Toch afgeven',
    back: 'Terug',
  },
  unknown: 'Niet bekend',
  existing: {
    title: 'U hebt al een signaal over deze jeugdige',
    detail: (number: string, day: string) => `Dat is ${number}. Het blijft staan tot ${day}.`,
    view: 'Signaal bekijken',
  },
  filed: {
    title: (name: string) => `Uw signaal over ${name} is afgegeven`,
    titleUnnamed: 'Uw signaal is afgegeven',
    heldTitle: 'Niemand weet nog van dit signaal',
    held: (time: string) => `Het wordt om ${time} gedeeld.`,
    left: (minutes: number, seconds: number) => `Nog ${minutes}:${String(seconds).padStart(2, '0')}.`,
    waits:
      'Het wordt niet vanzelf gedeeld, omdat een back-up van de verwijsindex is teruggezet. Kies of u het deelt of ongedaan maakt.',
    shareNow: 'Nu delen',
    undo: 'Ongedaan maken',
    shared:
      'Het is gedeeld. Andere regio’s worden nu doorzocht. Is de landelijke koppeling er even niet, dan gebeurt dat later vanzelf.',
    involved: 'Wie is er nog meer betrokken?',
    nobodyYet: 'Nu nog niemand. Komt er een match, dan ziet u dat hier en krijgt u een e-mail.',
    number: 'Nummer',
    until: 'Blijft staan tot',
    toMatches: 'Naar mijn matches',
    mistaken: 'Klopt dit signaal niet?',
    toEnd: 'Beëindig het signaal',
    undoneTitle: (about: string) => `Het signaal over ${about} is ongedaan gemaakt`,
    undone:
      'Ongedaan gemaakt: niemand heeft er iets van gehoord. In het logboek blijft staan dat u het afgaf en ongedaan maakte.',
    another: 'Ander signaal afgeven',
  },
  gone: {
    title: 'Dit signaal is er niet',
    detail: 'Het is beëindigd of onder een ander nummer verlengd, of het is niet van u.',
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
    one: 'Uw signaal',
    held: 'Nog niet gedeeld',
    shareOrUndo: 'Delen of ongedaan maken',
    reminder: 'U gaf aan dat u nog niet hebt geïnformeerd wie u moet informeren.',
    informedNow: 'Herinnering weghalen',
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
    lead: (about: string) => `Het gaat om ${about}. Met uw signaal verdwijnt ook uw kant van de match.`,
    why: 'Waarom eindigt het?',
    whyHint: 'Dit bepaalt alleen wat er bewaard blijft. Uw antwoord wordt nergens vastgelegd.',
    reasons: {
      'risk-gone': {
        label: 'De zorg is voorbij',
        hint: 'Vijf jaar lang blijft bekend dat u een signaal had, niet waarom. Dan wordt het vernietigd.',
      },
      'not-justified': {
        label: 'Het signaal was niet terecht',
        hint: 'In het logboek blijft alleen staan dat u het afgaf en beëindigde.',
      },
      'wrong-youth': {
        label: 'Het signaal gaat over een verkeerde jeugdige',
        hint: 'In het logboek blijft alleen staan dat u het afgaf en beëindigde.',
      },
      undone: {
        label: 'Ik gaf het per ongeluk af',
        hint: 'Dat kan zolang het signaal niet is gedeeld. Niemand heeft er dan iets van gehoord.',
      },
    },
    send: 'Beëindigen',
    keep: 'Laten staan',
    ended: (about: string) => `Het signaal over ${about} is beëindigd`,
    already: 'Het signaal is al beëindigd',
    stands: 'Dit signaal staat nog',
    after: {
      'risk-gone': 'Vijf jaar lang blijft bekend dat u een signaal had, niet waarom.',
      'not-justified': 'In het logboek blijft alleen staan dat u het afgaf en beëindigde.',
      'wrong-youth': 'In het logboek blijft alleen staan dat u het afgaf en beëindigde.',
      undone: 'In het logboek blijft alleen staan dat u het afgaf en ongedaan maakte.',
    },
  },
  link: {
    title: 'BSN invullen',
    lead: (about: string) =>
      `Het signaal over ${about} is afgegeven zonder BSN. Wie is het volgens het personenregister?`,
    certain:
      'Koppel alleen als u zeker bent. Wie mogelijk dezelfde jeugdige heeft, wordt gevraagd dit ook na te gaan.',
    signal: 'Uw signaal',
    send: 'Koppelen',
    linked: 'Het signaal is gekoppeld',
    until: (name: string | undefined, number: string, day: string) =>
      `Signaal ${number} staat nu op naam van ${name ?? 'deze jeugdige'} en blijft staan tot ${day}.`,
  },
  renew: {
    title: 'Signaal verlengen',
    lead: (about: string, day: string) =>
      `Het signaal over ${about} eindigt op ${day}. Verleng het alleen als u nog betrokken bent.`,
    send: 'Verlengen',
    all: 'Toch verlengen',
    renewed: 'Het signaal is verlengd',
    until: (name: string | undefined, number: string, day: string) =>
      `${name ? `Het signaal over ${name}` : 'Het'} heet nu ${number} en blijft staan tot ${day}.`,
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
    somebody: 'Iemand anders',
    possibleHint:
      'Een ander heeft een signaal met dezelfde achternaam, geboortedatum en hetzelfde geslacht, zonder BSN. U ziet elkaars gegevens als u beiden bevestigt dat het om dezelfde jeugdige kan gaan.',
    confirm: 'Dit kan dezelfde jeugdige zijn',
    other: 'Nee, een andere jeugdige',
    rejected: 'Vastgelegd: het is een andere jeugdige. U ziet dit voorstel niet meer.',
    noMore: (number: string) =>
      `Bij signaal ${number} is nu geen match. De ander kan het signaal hebben beëindigd, of het signaal is er niet meer.`,
    confirmedByYou: 'Door u bevestigd',
    confirmedByThem: 'Door de ander bevestigd',
    verify: 'De ander kent het BSN inmiddels. Ga na of u het ook kunt vaststellen.',
    standsIn: (name: string) => `Neemt waar voor ${name}`,
    inContact: 'Er is contact',
    noContactYet: 'Nog geen contact',
    contactMade: 'We hebben contact',
    contactWith: (name: string) => `We hebben contact: ${name}`,
    contactTakenBack: 'Toch geen contact',
    noContactWith: (name: string) => `Toch geen contact: ${name}`,
    contactByYou: 'Contact, door u gemeld',
    contactByThem: 'Contact, door de ander gemeld',
    thatIsMe: 'Dat ben ik zelf',
    thatIsMeFor: (name: string) => `Dat ben ik zelf: ${name}`,
    yourself: 'Dit bent u zelf',
    yourselfHint:
      'U zei dat u dit signaal in een andere regio zelf afgaf. Daarom is het voor u geen match. De procesmanager ziet dat u dit zei; de andere regio niet.',
    thatIsNotMe: 'Dat ben ik toch niet',
  },
  other: {
    title: 'Is het een andere jeugdige?',
    yours: 'Uw signaal',
    theirs: 'Het andere signaal',
    somebody: 'Van iemand anders',
    forGood:
      'U ziet dit voorstel daarna nooit meer, en u kunt dit niet terugdraaien. Een ander in uw regio ziet het ook niet meer. Iemand in een andere regio kan het voorstel nog wel zien.',
    send: 'Ja, een andere jeugdige',
    keep: 'Terug naar mijn matches',
    noMore: 'Dit voorstel is er niet meer.',
  },
  absence: {
    title: 'Afwezigheid',
    lead: 'Bent u er enkele dagen niet? Kies wie er waarneemt, dan blijft niemand wachten. Een reden vragen we niet.',
  },
};

export type ProfessionalTexts = typeof nl;
