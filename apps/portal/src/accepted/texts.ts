const nl = {
  title: 'Kijk of dit de bedoeling is',
  why: {
    'without-process-manager': (name: string) =>
      `${name} heeft dan geen procesmanager: niemand volgt de matches daar op.`,
    ended: (name: string) => `${name} bestaat niet meer.`,
    unknown: (name: string) => `${name} staat niet in de landelijke tabel van gemeenten.`,
  },
  accept: (name: string) => `Ik accepteer dit voor ${name}`,
};

const en: typeof nl = {
  title: 'See whether this is meant',
  why: {
    'without-process-manager': (name: string) =>
      `${name} then has no process manager: nobody follows up the matches there.`,
    ended: (name: string) => `${name} no longer exists.`,
    unknown: (name: string) => `${name} is not in the national table of municipalities.`,
  },
  accept: (name: string) => `I accept this for ${name}`,
};

export const accepted = { nl, en };
