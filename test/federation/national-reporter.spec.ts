import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { stringify } from 'yaml';
import { demoRegions } from '../../deploy/local/demo.js';
import { Federation } from '../../deploy/local/federation.js';
import { PROJECT_ROOT } from '../../deploy/local/project-root.js';
import { playStory } from './play.js';
import { parseStory } from './story.js';

const MINUTES = 60_000;
const DEMO = path.join(PROJECT_ROOT, 'deploy/local/demo/midden-nederland');

/** A reporter of the whole country, with a node of its own: it has no municipality, nor has its process manager. */
const COVENANT = {
  name: 'Verwijsindex van een landelijke raad',
  shortName: 'LR',
  retentionMonths: 12,
  municipalities: [],
  organisations: [
    {
      ...{ id: 'raad', name: 'Landelijke Proefraad', sector: 'police-justice', kind: 'protection-board' },
      ...{ municipalities: [], mayUseBsn: true },
    },
  ],
  leading: {
    order: ['protection-board'],
    never: [],
    tieBreaks: ['municipality-of-youth', 'earliest-signal'],
    fallback: 'process-manager',
  },
  followUp: { stalledAfterWorkingDays: 5, escalatedAfterWorkingDays: 10, liberationDay: 'every-year' },
  mails: { logInToSee: [] },
  contacts: { confirmEveryMonths: 6 },
};
const person = (account: string, name: string, role: string) => ({
  ...{ subject: account, name, function: 'Contactpersoon', phone: '000-000 00 00', organisation: 'raad' },
  ...{ email: `${account}@raad.voorbeeld.example`, roles: [role], designated: role === 'professional' },
  ...(role === 'process-manager' ? { municipality: null } : {}),
});
const DIRECTORY = {
  organisations: [
    {
      ...{ id: 'raad', name: 'Landelijke Proefraad', sector: 'police-justice', kind: 'protection-board' },
      municipality: null,
    },
  ],
  professionals: [
    person('lr-onderzoeker', 'Proef Onderzoeker', 'professional'),
    person('lr-raadslid', 'Proef Raadslid', 'professional'),
    person('lr-procesmanager', 'Proef Procesmanager', 'process-manager'),
    person('lr-beheerder', 'Proef Beheerder', 'operator'),
  ],
};

// a boy of Utrecht, and a girl of Amersfoort; see the population's README
const STORY = `
description: A reporter without municipalities takes part like any other.
steps:
  - file: { who: lr-onderzoeker, youth: { bsn: '999910036', birthDate: '2011-06-02' }, as: board }
  - file: { who: mn-leerkracht, youth: { bsn: '999910036', birthDate: '2011-06-02' }, as: teacher }
  - expect match:
      of: [board, teacher]
      kind: same-youth
      with: each other
      led by: mn-procesmanager
      named by: midden-nederland
  - expect mail: { to: lr-onderzoeker, naming: mn-leerkracht, led by: mn-procesmanager }
  # the covenant of Midden Nederland keeps police and justice out of mails
  - expect mail:
      { to: mn-leerkracht, containing: die u na het inloggen ziet, led by: mn-procesmanager, not naming: lr-onderzoeker }
  - expect queue: { of: mn-procesmanager, with: [lr-onderzoeker, mn-leerkracht] }

  - chapter: Among its own people its covenant says who leads, wherever the youth lives
  - file: { who: lr-onderzoeker, youth: { bsn: '999910097', birthDate: '2009-02-17' }, as: first }
  - file: { who: lr-raadslid, youth: { bsn: '999910097', birthDate: '2009-02-17' }, as: second }
  - expect match: { of: [first, second], kind: same-youth, with: each other, led by: lr-onderzoeker, named by: raad }
  - expect mail: { to: [lr-onderzoeker, lr-raadslid], naming: each other }
  - expect queue: { of: lr-procesmanager, with: [lr-onderzoeker, lr-raadslid] }

  - chapter: What ends there ends everywhere
  - end: { signal: board, reason: risk-gone }
  - expect no match: { of: teacher }
  - expect mail: { to: mn-leerkracht, containing: beëindigd }
`;

it(
  'a reporter of the whole country, whose node has no municipalities, signals and matches with a region',
  async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'verwijsindex-raad-'));
    let federation: Federation | undefined;
    try {
      cpSync(DEMO, path.join(folder, 'midden-nederland'), { recursive: true });
      mkdirSync(path.join(folder, 'raad'));
      writeFileSync(path.join(folder, 'raad', 'covenant.yaml'), stringify(COVENANT));
      writeFileSync(path.join(folder, 'raad', 'directory.yaml'), stringify(DIRECTORY));
      const regions = demoRegions(folder);
      const accounts = regions.flatMap((region) => region.accounts.map(({ subject }) => subject));
      const cast = { accounts, parts: [], regions: regions.map(({ id }) => id) };
      federation = await Federation.start({ regions: folder });
      const { steps } = await playStory(parseStory(STORY, cast, 'in a test'), federation);
      expect(steps.filter(({ problem }) => problem !== undefined)).toEqual([]);
      expect(steps).toHaveLength(14);
    } finally {
      await federation?.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  },
  15 * MINUTES,
);
