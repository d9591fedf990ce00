/** Functions that organisations of every kind have. */
export const FUNCTIONS_ANYWHERE = [
  'Contactpersoon',
  'Coördinator verwijsindex',
  'Procesmanager',
  'Regionaal beheerder',
  'Stagiair',
] as const;

/** For organisations outside the table of kinds, which know nobody who files. */
export const FUNCTIONS_OF_OTHERS = [
  'Begeleider',
  'Bijlesdocent',
  'Jeugdtrainer',
  'Jeugdwerker',
  'Vrijwilliger',
];

const YOUTH_CARE = ['Jeugdbeschermer', 'Jeugdhulpverlener', 'Jeugdreclasseerder', 'Gedragswetenschapper'];
const TEAM = [
  ...['Gezinscoach', 'Gezinswerker', 'Jeugd- en gezinswerker', 'Jeugdconsulent', 'Maatschappelijk werker'],
  ...['Wijkteammedewerker', 'Wmo-consulent'],
];
const CARE = ['Arts', 'Behandelaar', 'Begeleider', 'Gedragswetenschapper', 'Psycholoog', 'Verpleegkundige'];
const SCHOOL = [
  'Decaan',
  'Docent',
  'Intern begeleider',
  'Leerkracht',
  'Mentor',
  'Schoolmaatschappelijk werker',
];
const ATTENDANCE = ['Leerplichtambtenaar', 'RMC-consulent', 'Verzuimconsulent'];

/**
 * The functions by kind of organisation for a covenant that has no list of its own. A function is chosen from a list, since a free text
 * could hold why somebody filed (Jeugdwet 7.1.4.3 lid 1).
 */
export const DEFAULT_FUNCTIONS: Readonly<Record<string, readonly string[]>> = {
  municipality: [...TEAM, 'Beleidsmedewerker jeugd', 'Casusregisseur', ...ATTENDANCE],
  'safe-home': ['Maatschappelijk werker', 'Vertrouwensarts', 'Gedragswetenschapper'],
  'youth-care-provider': [...YOUTH_CARE, 'Ambulant begeleider', 'Pedagogisch medewerker'],
  'certified-institution': YOUTH_CARE,
  'neighbourhood-team': TEAM,
  'youth-health': ['Jeugdarts', 'Jeugdverpleegkundige', 'Doktersassistent'],
  'addiction-care': CARE,
  'disability-care': CARE,
  ggz: CARE,
  'primary-care': [...CARE, 'Praktijkondersteuner'],
  'hospital-emergency': [...CARE, 'Kinderarts', 'Aandachtsfunctionaris'],
  'general-practitioner': ['Huisarts', 'Praktijkondersteuner'],
  school: [...SCHOOL, 'Zorgcoördinator'],
  'vocational-school': [...SCHOOL, 'Studieloopbaanbegeleider', 'Zorgcoördinator'],
  'higher-education': ['Docent', 'Studentendecaan', 'Studieloopbaanbegeleider'],
  'dropout-registration': ATTENDANCE,
  'school-attendance-officer': ATTENDANCE,
  'social-support-provider': ['Ambulant begeleider', 'Jongerenwerker', 'Maatschappelijk werker'],
  'debt-help': ['Budgetcoach', 'Schuldhulpverlener'],
  police: ['Jeugdagent', 'Jeugdrechercheur', 'Wijkagent', 'Wijkagent jeugd'],
  halt: ['Halt-medewerker'],
  'protection-board': ['Gedragsdeskundige', 'Raadsonderzoeker'],
};
