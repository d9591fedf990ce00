const nl = {
  human: {
    call: (name: string, phone: string) => `Bel ${name}: ${phone}`,
    mail: (name: string, email: string) => `Mail ${name}: ${email}`,
  },
  lead: {
    you: 'Dat bent u. U zorgt dat iedereen contact krijgt.',
    follows: 'Wie de regie heeft, volgt binnen enkele minuten.',
    because: {
      'organisation-kind': (region: string) =>
        `Volgens het convenant van ${region} gaat de regie naar dit soort organisatie.`,
      'process-manager': (region: string) =>
        `Volgens het convenant van ${region} heeft de procesmanager de regie, omdat geen van de betrokkenen die kan hebben.`,
      appointed: (region: string) => `Aangewezen door een procesmanager van ${region}.`,
    },
  },
  kinds: {
    school: 'School',
    'addiction-care': 'Verslavingszorg',
    'certified-institution': 'Gecertificeerde instelling',
    'debt-help': 'Gemeentelijke kredietbank',
    'disability-care': 'Gehandicaptenzorg',
    'dropout-registration': 'RMC',
    'general-practitioner': 'Huisarts',
    ggz: 'GGZ',
    halt: 'Halt',
    'higher-education': 'Hogeschool of universiteit',
    'hospital-emergency': 'Ziekenhuis, spoedeisende hulp',
    municipality: 'Gemeente',
    'neighbourhood-team': 'Buurtteam',
    police: 'Politie',
    'primary-care': 'Eerstelijnszorg',
    'process-manager': 'Procesmanager',
    'protection-board': 'Raad voor de Kinderbescherming',
    'safe-home': 'Veilig Thuis',
    'school-attendance-officer': 'Leerplichtambtenaar',
    'social-support-provider': 'Wmo-aanbieder',
    'vocational-school': 'Mbo-instelling',
    'youth-care-provider': 'Jeugdhulpaanbieder',
    'youth-health': 'Jeugdgezondheidszorg',
  },
};

const en: typeof nl = {
  human: {
    call: (name, phone) => `Call ${name}: ${phone}`,
    mail: (name, email) => `Mail ${name}: ${email}`,
  },
  lead: {
    you: 'That is you. You see to it that everybody gets in touch.',
    follows: 'Who leads will follow within a few minutes.',
    because: {
      'organisation-kind': (region) => `By the covenant of ${region} this kind of organisation leads.`,
      'process-manager': (region) =>
        `By the covenant of ${region} the process manager leads, since none of those involved can.`,
      appointed: (region) => `Appointed by a process manager of ${region}.`,
    },
  },
  kinds: {
    school: 'School',
    'addiction-care': 'Addiction care',
    'certified-institution': 'Certified institution',
    'debt-help': 'Municipal credit bank',
    'disability-care': 'Disability care',
    'dropout-registration': 'School drop-out registration',
    'general-practitioner': 'General practitioner',
    ggz: 'Mental health care',
    halt: 'Halt',
    'higher-education': 'Higher education',
    'hospital-emergency': 'Hospital, emergency care',
    municipality: 'Municipality',
    'neighbourhood-team': 'Neighbourhood team',
    police: 'Police',
    'primary-care': 'Primary care',
    'process-manager': 'Process manager',
    'protection-board': 'Child Care and Protection Board',
    'safe-home': 'Safe Home',
    'school-attendance-officer': 'School attendance officer',
    'social-support-provider': 'Social support provider',
    'vocational-school': 'Vocational school',
    'youth-care-provider': 'Youth care provider',
    'youth-health': 'Youth health care',
  },
};

export const contact = { nl, en };
