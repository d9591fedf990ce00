/**
 * Every error that may leave a program, once: number and name are contract, texts are not.
 * Ranges: 1xxx requests and access, 2xxx pseudonyms and federation, 3xxx signals, 4xxx matches, 5xxx covenant and directory, 9xxx internal.
 * The texts are for the person at the screen: what happened, and what to do next. They never hold what was typed.
 */
export const CATALOGUE = {
  'invalid-input': {
    number: 1001,
    status: 400,
    title: 'Een of meer velden zijn niet goed ingevuld',
    detail: 'Verbeter de genoemde velden en verstuur opnieuw.',
  },
  'not-logged-in': {
    number: 1002,
    status: 401,
    title: 'U bent niet ingelogd',
    detail: 'Log in en probeer het opnieuw.',
  },
  'not-allowed': {
    number: 1003,
    status: 403,
    title: 'Uw rol geeft hier geen toegang',
    detail: 'Vraag uw organisatiecoördinator of beheerder om hulp.',
  },
  'not-found': {
    number: 1004,
    status: 404,
    title: 'Niet gevonden',
    detail: 'Dit bestaat niet, of niet voor u.',
  },
  'login-failed': {
    number: 1005,
    status: 401,
    title: 'Inloggen is niet gelukt',
    detail:
      'Begin opnieuw met inloggen. Lukt het weer niet, vraag dan de beheerder van uw inlogaccount of u toegang hebt tot de verwijsindex.',
  },
  'foreign-origin': {
    number: 1006,
    status: 403,
    title: 'Verzoek van een andere site geweigerd',
    detail: 'Gebruik de eigen pagina van de verwijsindex.',
  },
  'unsupported-media-type': {
    number: 1007,
    status: 415,
    title: 'Alleen JSON wordt gelezen',
    detail: 'Verstuur met Content-Type: application/json.',
  },
  'assurance-too-low': {
    number: 1009,
    status: 403,
    title: 'U bent niet zeker genoeg ingelogd',
    detail:
      'Log opnieuw in met een extra controle, bijvoorbeeld een code op uw telefoon. Lukt dat niet, vraag dan hulp aan de beheerder van uw inlogaccount.',
  },
  'unknown-login': {
    number: 1010,
    status: 403,
    title: 'Deze verwijsindex kent u niet',
    detail:
      'Geef het kenmerk van uw login door aan de coördinator van uw organisatie of aan de beheerder van uw regio.',
  },
  'too-large': {
    number: 1011,
    status: 413,
    title: 'Dit is te groot om te versturen',
    detail: 'Er is niets veranderd. Verstuur minder tegelijk.',
  },
  'register-refused': {
    number: 2001,
    status: 422,
    title: 'Dit register kan niet ingaan',
    detail: 'Laat de coördinator een volgende versie ondertekenen.',
  },
  'youth-not-identified': {
    number: 3001,
    status: 422,
    title: 'De jeugdige is niet vastgesteld',
    detail: 'Controleer de genoemde velden aan de hand van een document van de jeugdige.',
  },
  'youth-not-eligible': {
    number: 3002,
    status: 422,
    title: 'Voor deze persoon kan geen signaal worden afgegeven',
    detail: 'Een signaal kan alleen voor een levende jeugdige onder de 23 jaar.',
  },
  'one-more-datum': {
    number: 3010,
    status: 422,
    title: 'We hebben nog één gegeven nodig',
    detail: 'Het is nog niet duidelijk om wie het gaat. Vul het genoemde veld ook in.',
  },
  'signal-exists': {
    number: 3003,
    status: 409,
    title: 'U heeft al een signaal voor deze jeugdige',
    detail: 'Uw eerdere signaal blijft staan.',
  },
  'person-register-unavailable': {
    number: 3004,
    status: 503,
    title: 'Het personenregister is niet bereikbaar',
    detail: 'Er is niets opgeslagen. Probeer het over een paar minuten opnieuw.',
  },
  'person-register-refuses': {
    number: 3012,
    status: 503,
    title: 'Het personenregister weigert vragen van deze verwijsindex',
    detail:
      'Er is niets opgeslagen. De beheerder van uw regio heeft bericht gekregen en moet dit oplossen. Opnieuw proberen helpt nu niet.',
  },
  'renewal-not-open': {
    number: 3005,
    status: 409,
    title: 'Dit signaal kan nu niet worden verlengd',
    detail: 'Verlengen kan in de laatste zestig dagen, en niet als het signaal eindigt op de 23e verjaardag.',
  },
  'too-late-to-undo': {
    number: 3006,
    status: 409,
    title: 'Het signaal is al gedeeld en kan niet meer ongedaan worden gemaakt',
    detail: 'Beëindig het signaal met de reden die geldt.',
  },
  'too-many-look-ups': {
    number: 3007,
    status: 429,
    title: 'U hebt te vaak iemand opgezocht zonder een signaal te delen',
    detail:
      'Wat langer dan een dag geleden is, telt niet meer mee, en ook niet wie u opzocht en voor wie u een signaal deelde. Probeer het later opnieuw. Niemand kan deze grens verhogen.',
  },
  'too-many-filings': {
    number: 3013,
    status: 429,
    title: 'U hebt te veel signalen afgegeven of gekoppeld',
    detail:
      'Er is niets opgeslagen. De coördinator van uw organisatie kan de grens een week verhogen. Werkt u alleen, of heeft uw organisatie geen andere coördinator, vraag het dan de beheerder van uw regio.',
  },
  'signal-has-bsn': {
    number: 3008,
    status: 409,
    title: 'Bij dit signaal is het BSN al bekend',
    detail: 'Koppelen kan alleen bij een signaal op een jeugdige zonder BSN.',
  },
  'too-many-access-requests': {
    number: 3009,
    status: 429,
    title: 'U hebt vandaag te vaak om inzage of wissen gevraagd',
    detail: 'Morgen kan het weer.',
  },
  'preview-outdated': {
    number: 3020,
    status: 409,
    title: 'Er is niets gewist',
    detail: 'Er is iets veranderd, of u wachtte te lang. Bekijk opnieuw wat er wordt gewist.',
  },
  'case-not-forwardable': {
    number: 4001,
    status: 409,
    title: 'Deze zaak kan niet naar die gemeente worden doorgestuurd',
    detail:
      'Doorsturen kan naar een gemeente van een andere regio. Lukt dat niet, neem dan zelf contact op met de gemeente.',
  },
  'organisation-not-in-covenant': {
    number: 5001,
    status: 403,
    title: 'Uw organisatie neemt niet deel aan het convenant',
    detail: 'Neem contact op met de beheerder van uw regio.',
  },
  'professional-not-designated': {
    number: 5002,
    status: 403,
    title: 'U bent niet aangewezen om signalen af te geven',
    detail: 'Vraag de coördinator van uw organisatie om u aan te wijzen.',
  },
  'contact-unconfirmed': {
    number: 5012,
    status: 403,
    title: 'Bevestig eerst uw contactgegevens',
    detail:
      'Zeg bij Mijn gegevens of uw telefoonnummer en e-mailadres kloppen. Daarna kunt u signalen afgeven.',
  },
  'works-alone': {
    number: 5005,
    status: 403,
    title: 'Wie alleen werkt, geeft alleen zelf signalen af',
    detail:
      'Bij deze deelnemer is nog iemand aangewezen. Vraag de beheerder van uw regio om dat te verbeteren.',
  },
  'covenant-invalid': {
    number: 5003,
    status: 422,
    title: 'Het convenant is niet geldig',
    detail: 'Verbeter de genoemde onderdelen.',
  },
  'covenant-in-force': {
    number: 5004,
    status: 409,
    title: 'Deze versie van het convenant is al ingegaan',
    detail: 'Intrekken kan tot de dag waarop een versie ingaat. Plan een nieuwe versie.',
  },
  'own-proposal': {
    number: 5006,
    status: 409,
    title: 'Iemand anders bevestigt dit voorstel',
    detail: 'Wie het voorstel deed, en over wie het gaat, kan het niet bevestigen.',
  },
  'municipality-not-accepted': {
    number: 5007,
    status: 400,
    title: 'Dit is nog niet uitgevoerd',
    detail: 'Accepteer eerst elke genoemde gemeente, of kies anders.',
  },
  'holds-appointment': {
    number: 5008,
    status: 409,
    title: 'Deze persoon is nog procesmanager of beheerder',
    detail: 'Laat een beheerder van de regio eerst die rol beëindigen.',
  },
  'too-many-requests': {
    number: 1008,
    status: 429,
    title: 'Te veel verzoeken',
    detail: 'Wacht even en probeer het opnieuw.',
  },
  unavailable: {
    number: 9002,
    status: 503,
    title: 'Tijdelijk niet beschikbaar',
    detail: 'Probeer het over een paar minuten opnieuw.',
  },
  internal: {
    number: 9001,
    status: 500,
    title: 'Er ging iets mis',
    detail: 'Probeer het later opnieuw; meld het de beheerder als het blijft.',
  },
} as const satisfies Record<string, { number: number; status: number; title: string; detail: string }>;

export type ProblemCode = keyof typeof CATALOGUE;
