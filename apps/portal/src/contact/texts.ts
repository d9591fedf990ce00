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
    'certified-institution': 'Gecertificeerde instelling',
    'debt-help': 'Schuldhulpverlening',
    ggz: 'GGZ',
    municipality: 'Gemeente',
    'neighbourhood-team': 'Buurtteam',
    police: 'Politie',
    'process-manager': 'Procesmanager',
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
    'certified-institution': 'Certified institution',
    'debt-help': 'Debt help',
    ggz: 'Mental health care',
    municipality: 'Municipality',
    'neighbourhood-team': 'Neighbourhood team',
    police: 'Police',
    'process-manager': 'Process manager',
    'youth-health': 'Youth health care',
  },
};

export const contact = { nl, en };
