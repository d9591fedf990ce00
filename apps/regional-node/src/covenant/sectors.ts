/** The six sectors of which organisations may take part (Jeugdwet 7.1.1.2), with their names on screen. */
export const SECTORS = {
  'youth-care': 'jeugdhulp',
  'health-care': '(jeugd)gezondheidszorg',
  'social-support': 'maatschappelijke ondersteuning',
  education: 'onderwijs',
  'work-income': 'werk en inkomen',
  'police-justice': 'politie en justitie',
} as const;
export type Sector = keyof typeof SECTORS;
