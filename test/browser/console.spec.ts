import 'reflect-metadata';
import { spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { Federation } from '../../deploy/local/federation.js';
import { compiled } from '../../deploy/local/project-root.js';
import { firstVisit, Person, startChromium } from './chromium.js';

/** Every screen, by the name of its picture. */
const SCREENS = {
  overview: '/',
  region: '/regios/rijnmond',
  alarms: '/alarmen',
  'key-holders': '/sleutelhouders',
  figures: '/cijfers',
  membership: '/deelname',
  admit: '/deelname/toelaten',
  suspend: '/deelname/rijnmond/schorsen',
  nowhere: '/nergens',
};

describe('the console of the national coordinator', () => {
  let federation: Federation;
  let browser: Browser;
  let coordinator: Person;
  let page: Page;
  let folder: string;

  beforeAll(async () => {
    browser = await startChromium();
    folder = mkdtempSync(path.join(os.tmpdir(), 'console-spec-'));
    federation = await Federation.start({
      settings: async (program, settings) =>
        // key holders are asked every ten seconds
        program === 'relay' ? { ...settings, SILENT_AFTER: '20' } : settings,
    });
    coordinator = await Person.at(browser, federation.relay.url, 'landelijk-coordinator');
    page = coordinator.page;
    page.setDefaultTimeout(120_000);
  }, 600_000);
  afterAll(async () => {
    await browser?.close();
    await federation?.stop();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  const tile = (name: string) => page.getByRole('list', { name: /kaart/ }).getByRole('link', { name });

  /** Runs the command as somebody does who has these settings in front of them. */
  const region = async (settings: object, ...args: string[]) => {
    const file = path.join(folder, 'region.json');
    writeFileSync(file, JSON.stringify(settings));
    const child = spawn(process.execPath, [compiled('deploy/hub/region.ts'), '--settings', file, ...args]);
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (text: Buffer) => (said += String(text)));
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    return { code, said };
  };
  const planned = () =>
    JSON.parse(readFileSync(path.join(federation.planFolder, 'region.json'), 'utf8')) as Record<
      'register' | 'coordinatorKey' | 'coordinator' | 'hub' | 'relay' | 'authority',
      string
    >;

  it('asks who is there, and shows nothing to anybody else', async () => {
    const visitor = await Person.at(browser, federation.relay.url);
    expect(await visitor.look('console-welcome')).toEqual([]);
    await visitor.page.getByRole('link', { name: 'Inloggen' }).waitFor();
    const other = await Person.at(browser, federation.relay.url, 'mn-leerkracht');
    await other.page
      .getByRole('heading', { name: 'Deze schermen zijn voor de landelijk coördinator' })
      .waitFor();
    expect(await other.look('console-no-rights')).toEqual([]);
    expect(await other.page.getByRole('navigation').count()).toBe(0);
    expect([...visitor.complaints, ...other.complaints]).toEqual([]);
    await Promise.all([visitor.close(), other.close()]);
  });

  it('shows the coordinator every region, healthy', async () => {
    for (const { name } of federation.regions) await tile(name).filter({ hasText: 'Goed' }).waitFor();
  });

  it('shows a region go down and come back, without loading anew', async () => {
    await page.evaluate(() => Object.assign(window, { loadedOnce: true }));
    const rijnmond = federation.regions.find(({ id }) => id === 'rijnmond')!;
    await federation.stopPart('rijnmond');
    await tile(rijnmond.name).filter({ hasText: 'Stil' }).waitFor();
    await page
      .getByRole('link', { name: /^Alarmen/ })
      .first()
      .click();
    const alarm = page.getByRole('article').filter({ hasText: rijnmond.name });
    await alarm.getByRole('heading', { name: 'Regio is stil' }).waitFor();
    await alarm.getByText('Wat te doen:').waitFor();
    expect(await coordinator.look('console-alarm')).toEqual([]);
    await federation.startPart('rijnmond');
    await alarm.getByRole('heading', { name: 'Regio is stil' }).waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Overzicht' }).click();
    await tile(rijnmond.name).filter({ hasText: 'Goed' }).waitFor();
    expect(await page.evaluate(() => 'loadedOnce' in window)).toBe(true);
  });

  it('says that nothing is renewed while the relay cannot be reached, and goes on by itself', async () => {
    await page.context().setOffline(true);
    await page.getByText('Niet bijgewerkt sinds').waitFor();
    await tile(federation.regions[0]!.name).waitFor();
    await page.context().setOffline(false);
    await page.getByText('Niet bijgewerkt sinds').waitFor({ state: 'detached' });
  });

  it('is accessible on every screen, in both languages and at both widths', async () => {
    const found: string[] = [];
    for (const [name, address] of Object.entries(SCREENS)) {
      await coordinator.go(address);
      found.push(...(await coordinator.look(`console-${name}`)));
    }
    expect(found).toEqual([]);
  });

  it('leads through a suspension: signed elsewhere, brought here, followed by the hub', async () => {
    const { coordinatorKey, register, hub, relay, ...own } = planned();
    await coordinator.go('/regios/rijnmond');
    await page.getByRole('link', { name: 'Schorsen' }).click();
    const downloading = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Download het register dat nu geldt' }).click();
    const signed = path.join(folder, 'register.json');
    copyFileSync(await (await downloading).path(), signed);
    const command = await page.locator('code', { hasText: 'npm run region' }).first().textContent();
    const args = command!.replace('npm run region -- ', '').split(' ');
    expect(
      await region({ coordinatorKey, coordinator: own.coordinator, register: signed }, ...args),
    ).toMatchObject({ code: 0 });

    await page.getByRole('button', { name: 'Inleveren' }).click();
    await page.getByText('Kies eerst het ondertekende register.').waitFor();
    await page.getByLabel('Ondertekend register').setInputFiles(signed);
    await page.getByRole('button', { name: 'Inleveren' }).click();
    await page.getByText('Versie 2 van het register is van kracht').waitFor();
    await page.getByText('De hub volgt deze versie nog niet').waitFor();
    expect(await region({ coordinatorKey, register, hub, relay }, 'apply', signed)).toMatchObject({
      code: 0,
    });
    await page.getByText('U bent klaar.').waitFor();
    expect(await coordinator.look('console-suspended')).toEqual([]);
    await coordinator.go('/');
    await tile(federation.regions.find(({ id }) => id === 'rijnmond')!.name)
      .filter({ hasText: 'Geschorst' })
      .waitFor();
  });

  it('refuses what the coordinator did not sign, and says why', async () => {
    await coordinator.go('/deelname/rijnmond/hervatten');
    const signed = JSON.parse(readFileSync(planned().register, 'utf8')) as { document: string };
    const forged = path.join(folder, 'forged.json');
    const document = signed.document.replace('"version":2', '"version":3');
    writeFileSync(forged, JSON.stringify({ ...signed, document }));
    await page.getByLabel('Ondertekend register').setInputFiles(forged);
    await page.getByRole('button', { name: 'Inleveren' }).click();
    await page.getByText('De handtekening is niet die van de landelijk coördinator.').waitFor();
    expect(await coordinator.look('console-refused')).toEqual([]);
    await coordinator.choose('en');
    await page.getByText('The signature is not that of the national coordinator.').waitFor();
    await coordinator.choose('nl');
  });

  it('checks an application before anything is signed, and shows what to compare', async () => {
    const applicant = path.join(folder, 'applicant');
    const { register, coordinatorKey, authority } = planned();
    const told = ['--id', 'twente', '--name', 'Verwijsindex Twente', '--municipalities', '0153'];
    expect(
      await region({ register, coordinatorKey, authority }, 'prepare', applicant, ...told),
    ).toMatchObject({ code: 0 });
    const file = path.join(applicant, 'application.json');
    const application = JSON.parse(readFileSync(file, 'utf8')) as { signingKey: string };
    await coordinator.go('/deelname/toelaten');
    const taken = path.join(folder, 'taken.json');
    writeFileSync(taken, JSON.stringify({ ...application, municipalities: ['0344'] }));
    await page.getByLabel('Aanvraag van de regio').setInputFiles(taken);
    await page.getByRole('button', { name: 'Nakijken' }).click();
    await page.getByText('dit is al van een andere deelnemer').waitFor();
    await page.getByLabel('Aanvraag van de regio').setInputFiles(file);
    await page.getByRole('button', { name: 'Nakijken' }).click();
    await page.getByText(application.signingKey).waitFor();
    await page.getByText('npm run region -- add application.json --quota 5000').waitFor();
    expect(await coordinator.look('console-admit-checked')).toEqual([]);
  });

  it('loads nothing from anywhere else, and less than 200 kB of script', async () => {
    expect(coordinator.complaints).toEqual([]);
    const bytes = await firstVisit(browser, federation.relay.url);
    expect(bytes).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThan(200_000);
  });
});
