const nl = {
  title: 'Mijn gegevens',
  lead: 'Zo vinden anderen u na een match. Klopt er iets niet, vraag dan de coördinator van uw organisatie het te wijzigen.',
  name: 'Naam',
  function: 'Functie',
  organisation: 'Organisatie',
  location: 'Locatie',
  phone: 'Telefoon',
  email: 'E-mail',
  confirmedOn: 'Laatst bevestigd',
  designated: 'Signalen afgeven',
  isDesignated: 'U bent daarvoor aangewezen',
  notDesignated: 'U bent daarvoor niet aangewezen',
  due: (day: string) => `Bevestig uiterlijk ${day} dat dit klopt.`,
  refused:
    'Uw e-mailadres werd geweigerd door de mailserver. Controleer het; berichten over matches komen nu niet aan.',
  confirm: 'Dit klopt nog',
  confirmed: 'Bevestigd. Dank u wel.',
};

const en: typeof nl = {
  title: 'My details',
  lead: 'This is how others find you after a match. If something is wrong, ask the coordinator of your organisation to change it.',
  name: 'Name',
  function: 'Function',
  organisation: 'Organisation',
  location: 'Location',
  phone: 'Telephone',
  email: 'E-mail',
  confirmedOn: 'Last confirmed',
  designated: 'Filing signals',
  isDesignated: 'You are designated for it',
  notDesignated: 'You are not designated for it',
  due: (day: string) => `Confirm by ${day} that this is right.`,
  refused: 'The mail server refused your address. Check it; messages about matches do not reach you now.',
  confirm: 'This is still right',
  confirmed: 'Confirmed. Thank you.',
};

export const account = { nl, en };
