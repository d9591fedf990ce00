import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { RegisterProcess } from '../../test/register-process.js';
import { startNode, type TestNode } from '../../test/test-node.js';
import { AuditLine } from '../audit/index.js';

/** A child of 8 with a guardian, a youth of 14 with one parent in authority, and one of 17. */
const [CHILD, YOUTH, ALMOST_ADULT] = [
  { bsn: '999910036', birthDate: '2018-06-02' },
  { bsn: '999910000', birthDate: '2012-03-14' },
  { bsn: '999910048', birthDate: '2009-01-01' },
];
const person = ({ bsn, birthDate }: typeof CHILD, authority: string) => ({
  burgerservicenummer: bsn,
  naam: { volledigeNaam: 'Proef Persoon', geslachtsnaam: 'Persoon' },
  geboorte: { datum: { type: 'Datum', datum: birthDate, langFormaat: birthDate } },
  gezag: [{ type: authority, minderjarige: { burgerservicenummer: bsn } }],
});

let folder: string;
let register: RegisterProcess;
let authorised: TestNode;
let plain: TestNode;
beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'population-'));
  const population = path.join(folder, 'population.json');
  writeFileSync(
    population,
    JSON.stringify([
      person(CHILD, 'Voogdij'),
      person(YOUTH, 'EenhoofdigOuderlijkGezag'),
      person(ALMOST_ADULT, 'GezamenlijkOuderlijkGezag'),
    ]),
  );
  register = await new RegisterProcess(population).start();
  authorised = await startNode({ PERSON_REGISTER_URL: register.url, PERSON_REGISTER_AUTHORITY: 'true' });
  plain = await startNode({ PERSON_REGISTER_URL: register.url });
  for (const node of [authorised, plain]) node.clock.set(new Date('2026-11-24T10:00:00Z'));
});
afterAll(async () => {
  await authorised?.stop();
  await plain?.stop();
  await register?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const preview = async (node: TestNode, youth: object) =>
  (await (await node.as('mn-leerkracht')).post('/signals/_preview').send({ youth }).expect(200))
    .body as object;
const purposes = async (node: TestNode) =>
  (
    await node.dataSource.manager.find(AuditLine, {
      where: { action: 'person-register-consulted' },
      order: { id: 'asc' },
    })
  ).map(({ fields }) => fields.purpose);

describe('whom to inform', () => {
  it('is the legal representative whom the register names, in a region that may ask', async () => {
    expect(await preview(authorised, CHILD)).toMatchObject({
      ...{ informWhom: 'representatives', representatives: 'guardian' },
    });
    expect(await preview(authorised, YOUTH)).toMatchObject({
      ...{ informWhom: 'representatives-and-youth', representatives: 'one-parent' },
    });
    const older = await preview(authorised, ALMOST_ADULT);
    expect(older).toMatchObject({ informWhom: 'youth' });
    expect(older).not.toHaveProperty('representatives');
    expect(await purposes(authorised)).toEqual(['preview', 'inform', 'preview', 'inform', 'preview']);
  });

  it('is said without the register, and without asking it, in a region that may not ask', async () => {
    const shown = await preview(plain, CHILD);
    expect(shown).toMatchObject({ informWhom: 'representatives' });
    expect(shown).not.toHaveProperty('representatives');
    expect(await purposes(plain)).toEqual(['preview']);
  });

  it('never tells how many parents the register has', async () => {
    for (const node of [authorised, plain])
      expect(Object.keys(await preview(node, YOUTH)).filter((key) => /parent/i.test(key))).toEqual([]);
  });
});
