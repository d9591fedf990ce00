/** What every screen says, whichever app it is of. */
export const nl = {
  skip: 'Naar de inhoud',
  navigation: 'Hoofdmenu',
  menu: 'Menu',
  otherLanguage: 'English',
  logOut: 'Uitloggen',
  loading: 'Bezig met laden…',
  retry: 'Probeer opnieuw',
  logIn: 'Inloggen',
  logInAgain: 'Opnieuw inloggen',
  dayWrong: 'Vul een datum in die bestaat: dag, maand en jaar.',
  sending: 'Bezig…',
  reload: 'Laad de pagina opnieuw',
  kept: 'Wat u invulde staat er nog.',
  loggedOut: {
    title: 'U bent uitgelogd',
    lead: 'Namen en gegevens staan niet meer op dit scherm.',
    kept: 'Log opnieuw in om verder te gaan. Dat gaat in een nieuw tabblad; daarna gaat dit tabblad verder, met wat u had ingevuld.',
    logIn: 'Opnieuw inloggen',
  },
  /** By code, for what only a browser knows; the API has Dutch texts of its own. */
  problems: {
    offline: {
      title: 'Geen verbinding',
      detail:
        'De verwijsindex is nu niet te bereiken. Er is niets verstuurd of veranderd. Controleer uw verbinding.',
    },
    unreadable: {
      title: 'Er ging iets mis',
      detail: 'Het is niet zeker of uw laatste handeling is verwerkt. Kijk dat na voordat u die herhaalt.',
    },
    'login-failed': {
      title: 'Inloggen is niet gelukt',
      detail:
        'Begin opnieuw met inloggen. Lukt het weer niet, vraag dan de beheerder van uw inlogaccount of u toegang hebt tot de verwijsindex.',
    },
    'assurance-too-low': {
      title: 'U bent niet zeker genoeg ingelogd',
      detail:
        'Log opnieuw in met een extra controle, bijvoorbeeld een code op uw telefoon. Lukt dat niet, vraag dan hulp aan de beheerder van uw inlogaccount.',
    },
    unavailable: {
      title: 'Tijdelijk niet beschikbaar',
      detail: 'Probeer het over een paar minuten opnieuw.',
    },
    'not-logged-in': {
      title: 'U bent niet meer ingelogd',
      detail: 'Na een half uur zonder handeling logt de verwijsindex u uit. Log opnieuw in.',
    },
  } as Record<string, { title: string; detail: string }>,
  crash: {
    title: 'Dit scherm kan niet worden getoond',
    detail: 'Wat u verstuurd had, is bewaard. Laad de pagina opnieuw; meld het uw beheerder als het blijft.',
  },
};

export type SharedTexts = typeof nl;
