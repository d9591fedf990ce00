const nl = {
  planned: (from: string, until: string) => `Afwezig van ${from} tot en met ${until}`,
  standIn: (name: string) => `${name} neemt waar.`,
  noStandIn: 'Niemand neemt waar.',
  end: 'Afwezigheid beëindigen of intrekken',
  from: 'Eerste dag',
  until: 'Laatste dag',
  dayHint: 'Bijvoorbeeld 24-12-2026',
  who: 'Wie neemt waar?',
  whoHint: 'Een collega die signalen mag afgeven. Die ziet dan deze matches en krijgt de berichten.',
  nobody: 'Niemand',
  plan: 'Afwezigheid plannen',
  change: 'Afwezigheid wijzigen',
  done: 'De afwezigheid is gepland. Wie een match heeft, hoort dat zodra zij begint.',
  ended: 'De afwezigheid is voorbij.',
  standInWaits:
    'De afwezigheid is gepland. Dat u zelf waarneemt, wacht op akkoord van een andere coördinator of de beheerder.',
};

const en: typeof nl = {
  planned: (from: string, until: string) => `Absent from ${from} up to and including ${until}`,
  standIn: (name: string) => `${name} stands in.`,
  noStandIn: 'Nobody stands in.',
  end: 'End or take back the absence',
  from: 'First day',
  until: 'Last day',
  dayHint: 'For example 24-12-2026',
  who: 'Who stands in?',
  whoHint: 'A colleague who may file signals. They see these matches meanwhile and get the messages.',
  nobody: 'Nobody',
  plan: 'Plan absence',
  change: 'Change absence',
  done: 'The absence is planned. Whoever has a match is told when it begins.',
  ended: 'The absence is over.',
  standInWaits:
    'The absence is planned. That you stand in yourself waits for the agreement of another coordinator or the operator.',
};

export const absence = { nl, en };
