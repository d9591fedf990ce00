import 'reflect-metadata';
import { spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import { Federation } from '../../deploy/local/federation.js';
import { compiled } from '../../deploy/local/project-root.js';
import { expectAccessible, TestBrowser } from './test-browser.js';

// a federation and a browser on few cores
jest.setTimeout(300_000);

const PATIENCE = { timeout: 60_000 };
const SCREENS = [
  '/',
  '/regios/rijnmond',
  '/alarmen',
  '/sleutelhouders',
  '/cijfers',
  '/deelname',
  '/deelname/toelaten',
  '/deelname/rijnmond/schorsen',
  '/nergens',
];

describe('the console of the national coordinator', () => {
  let federation: Federation;
  let browser: TestBrowser;
  let page: Page;
  let folder: string;

  beforeAll(async () => {
    federation = await Federation.start({
      settings: async (program, settings) =>
        program === 'relay' ? { ...settings, SILENT_AFTER: '8' } : settings,
    });
    browser = await TestBrowser.launch();
    folder = mkdtempSync(path.join(os.tmpdir(), 'console-spec-'));
    page = await browser.newPage();
  });
  afterAll(async () => {
    await browser?.close();
    await federation?.stop();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  const logIn = async (on: Page, account: string) => {
    await on.goto(federation.relay.url);
    await on.getByRole('link', { name: 'Inloggen' }).click();
    await on.locator(`button[value="${account}"]`).click();
    await on.waitForURL(`${federation.relay.url}/**`);
  };
  const tile = (name: string) => page.getByRole('list', { name: /kaart/ }).getByRole('link', { name });
  const goTo = (place: string) => page.goto(`${federation.relay.url}${place}`);

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
    const other = await browser.newPage();
    await other.goto(federation.relay.url);
    await expectAccessible(other);
    await logIn(other, 'mn-leerkracht');
    await other.getByRole('heading', { name: 'Deze schermen zijn voor de landelijk coördinator' }).waitFor();
    await expectAccessible(other);
    expect(await other.getByRole('navigation').count()).toBe(0);
    await other.context().close();
  });

  it('shows the coordinator every region, healthy', async () => {
    await logIn(page, 'landelijk-coordinator');
    await page.getByRole('heading', { name: 'Overzicht' }).waitFor();
    for (const { name } of federation.regions) await tile(name).filter({ hasText: 'Goed' }).waitFor(PATIENCE);
  });

  it('shows a region go down and come back, without loading anew', async () => {
    await page.evaluate(() => Object.assign(window, { loadedOnce: true }));
    const rijnmond = federation.regions.find(({ id }) => id === 'rijnmond')!;
    await federation.stopPart('rijnmond');
    await tile(rijnmond.name).filter({ hasText: 'Stil' }).waitFor(PATIENCE);
    await page
      .getByRole('link', { name: /^Alarmen/ })
      .first()
      .click();
    const alarm = page.getByRole('article').filter({ hasText: rijnmond.name });
    await alarm.getByRole('heading', { name: 'Regio is stil' }).waitFor(PATIENCE);
    await alarm.getByText('Wat te doen:').waitFor();
    await federation.startPart('rijnmond');
    await alarm.getByRole('heading', { name: 'Regio is stil' }).waitFor({ ...PATIENCE, state: 'detached' });
    await page.getByRole('link', { name: 'Overzicht' }).click();
    await tile(rijnmond.name).filter({ hasText: 'Goed' }).waitFor(PATIENCE);
    expect(await page.evaluate(() => 'loadedOnce' in window)).toBe(true);
  });

  it('says that nothing is renewed while the relay cannot be reached, and goes on by itself', async () => {
    await page.context().setOffline(true);
    await page.getByText('Niet bijgewerkt sinds').waitFor(PATIENCE);
    await tile(federation.regions[0]!.name).waitFor();
    await page.context().setOffline(false);
    await page.getByText('Niet bijgewerkt sinds').waitFor({ ...PATIENCE, state: 'detached' });
  });

  it.each([
    ['nl', 1440],
    ['en', 320],
  ] as const)('is accessible on every screen, in %s at %d px', async (language, width) => {
    await page.setViewportSize({ width, height: 900 });
    await page.evaluate((chosen) => window.localStorage.setItem('language', chosen), language);
    for (const place of SCREENS) {
      await goTo(place);
      await page.getByRole('heading', { level: 1 }).waitFor();
      // what is fetched for this screen alone
      await page.waitForTimeout(500);
      await expectAccessible(page);
      expect([place, await page.evaluate(() => document.documentElement.scrollWidth)]).toEqual([
        place,
        width,
      ]);
      expect([place, await page.evaluate(() => document.documentElement.lang)]).toEqual([place, language]);
    }
  });

  it('leads through a suspension: signed elsewhere, brought here, followed by the hub', async () => {
    await page.evaluate(() => window.localStorage.setItem('language', 'nl'));
    await page.setViewportSize({ width: 1440, height: 900 });
    const { coordinatorKey, coordinator, register, hub, relay } = planned();
    await goTo('/regios/rijnmond');
    await page.getByRole('link', { name: 'Schorsen' }).click();
    const downloading = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Download het register dat nu geldt' }).click();
    const own = path.join(folder, 'register.json');
    copyFileSync(await (await downloading).path(), own);
    const command = await page.locator('code', { hasText: 'npm run region' }).first().textContent();
    const args = command!.replace('npm run region -- ', '').split(' ');
    expect(await region({ coordinatorKey, coordinator, register: own }, ...args)).toMatchObject({ code: 0 });

    await page.getByRole('button', { name: 'Inleveren' }).click();
    await page.getByText('Kies eerst het ondertekende register.').waitFor();
    await page.getByLabel('Ondertekend register').setInputFiles(own);
    await page.getByRole('button', { name: 'Inleveren' }).click();
    await page.getByText('Versie 2 van het register is van kracht').waitFor(PATIENCE);
    await page.getByText('De hub volgt deze versie nog niet').waitFor(PATIENCE);
    expect(await region({ coordinatorKey, register, hub, relay }, 'apply', own)).toMatchObject({ code: 0 });
    await page.getByText('U bent klaar.').waitFor(PATIENCE);
    await expectAccessible(page);
    await goTo('/');
    await tile(federation.regions.find(({ id }) => id === 'rijnmond')!.name)
      .filter({ hasText: 'Geschorst' })
      .waitFor(PATIENCE);
  });

  it('refuses what the coordinator did not sign, and says why', async () => {
    await goTo('/deelname/rijnmond/hervatten');
    const signed = JSON.parse(readFileSync(planned().register, 'utf8')) as { document: string };
    const forged = path.join(folder, 'forged.json');
    const document = signed.document.replace('"version":2', '"version":3');
    writeFileSync(forged, JSON.stringify({ ...signed, document }));
    await page.getByLabel('Ondertekend register').setInputFiles(forged);
    await page.getByRole('button', { name: 'Inleveren' }).click();
    await page.getByText('De handtekening is niet die van de landelijk coördinator.').waitFor(PATIENCE);
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
    await goTo('/deelname/toelaten');
    const taken = path.join(folder, 'taken.json');
    writeFileSync(taken, JSON.stringify({ ...application, municipalities: ['0344'] }));
    await page.getByLabel('Aanvraag van de regio').setInputFiles(taken);
    await page.getByRole('button', { name: 'Nakijken' }).click();
    await page.getByText('dit is al van een andere deelnemer').waitFor(PATIENCE);
    await page.getByLabel('Aanvraag van de regio').setInputFiles(file);
    await page.getByRole('button', { name: 'Nakijken' }).click();
    await page.getByText(application.signingKey).waitFor(PATIENCE);
    await page.getByText('npm run region -- add application.json --quota 5000').waitFor();
    await expectAccessible(page);
  });

  it('loads nothing from anywhere else, and less than 200 kB of script', async () => {
    expect(browser.foreign([federation.relay.url, federation.idp.url])).toEqual([]);
    expect(browser.complaints).toEqual([]);
    const html = await (await fetch(federation.relay.url, { headers: { accept: 'text/html' } })).text();
    const script = /src="(\/assets\/[^"]+\.js)"/.exec(html)![1]!;
    const { headers } = await fetch(federation.relay.url + script, {
      headers: { 'accept-encoding': 'gzip' },
    });
    expect(Number(headers.get('content-length'))).toBeLessThan(200_000);
  });
});
