export const nl = {
  welcome: {
    lead: 'U bent betrokken bij een jeugdige. Hier vindt u wie er nog meer betrokken is.',
    what: 'Een signaal zegt alleen dat u betrokken bent. Waarom staat er niet in, en komt er ook niet in.',
    who: 'Voor professionals, coördinatoren, procesmanagers en beheerders die zijn aangesloten bij deze verwijsindex.',
    logIn: 'Inloggen',
    logInWith: (provider: string) => `Inloggen met ${provider}`,
  },
  stranger: {
    title: 'U hebt hier geen account',
    detail:
      'U bent ingelogd, maar deze verwijsindex kent u niet. Vraag de coördinator van uw organisatie of de beheerder van uw regio om u aan te melden.',
    subject: 'Geef dan dit kenmerk van uw login door:',
    logOut: 'Uitloggen',
  },
  notHere: {
    title: 'Deze pagina is er niet',
    detail: 'De pagina bestaat niet, of hoort niet bij uw rol.',
    home: 'Naar het begin',
  },
  actingFor: {
    now: 'U werkt voor:',
    change: (organisation: string) => `Wissel naar ${organisation}`,
  },
  footer: 'Een signaal zegt dat u betrokken bent, en niets anders.',
  places: {
    newSignal: 'Nieuw signaal',
    signals: 'Mijn signalen',
    matches: 'Matches',
    absence: 'Afwezigheid',
    account: 'Mijn gegevens',
    people: 'Medewerkers',
    locations: 'Locaties',
    waiting: 'Wachtende matches',
    queue: 'Matches opvolgen',
    moves: 'Verhuizingen',
    access: 'Inzage',
    covenant: 'Convenant',
    organisations: 'Organisaties',
    directory: 'Mensen',
    appointments: 'Benoemingen',
    work: 'Gepland werk',
    link: 'Koppeling',
    audit: 'Logboek',
  },
};

export type PortalTexts = typeof nl;
