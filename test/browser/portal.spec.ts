import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { PARTS } from '../../deploy/local/environments.js';
import { Federation } from '../../deploy/local/federation.js';
import { PROJECT_ROOT } from '../../deploy/local/project-root.js';
import { firstVisit, Person, startChromium } from './chromium.js';

let federation: Federation;
let browser: Browser;
const people: Person[] = [];

beforeAll(async () => {
  browser = await startChromium();
  federation = await Federation.start({ probeSeconds: 20 });
}, 600_000);
afterEach(async () => {
  const complaints = people.flatMap((person) => person.complaints);
  await Promise.all(people.map((person) => person.close()));
  people.length = 0;
  expect(complaints).toEqual([]);
});
afterAll(async () => {
  await browser?.close();
  await federation?.stop();
});

const portalOf = (region: string): string => federation.regions.find(({ id }) => id === region)!.url;

async function at(region: string, subject?: string, opens?: string): Promise<Person> {
  const person = await Person.at(browser, portalOf(region), subject, opens);
  people.push(person);
  return person;
}
const teacher = (opens?: string) => at('midden-nederland', 'mn-leerkracht', opens);

/** Files on a youth without BSN. */
async function fileWithoutBsn({ page }: Person, surname: string, birthDate: string): Promise<void> {
  await page.getByRole('button', { name: 'De jeugdige heeft geen BSN' }).click();
  await page.getByLabel('Achternaam').fill(surname);
  await page.getByLabel('Geboortedatum').fill(birthDate);
  await page.getByRole('radio', { name: 'Vrouw' }).check();
  await page.getByRole('button', { name: 'Verder' }).click();
  await page.getByRole('radio', { name: 'Ja, vooraf' }).check();
  await page.getByRole('button', { name: 'Signaal afgeven' }).click();
  await page.getByRole('heading', { name: /^Uw signaal over .* is afgegeven$/ }).waitFor();
}

/** Files by mouse what the keyboard files in a test of its own. */
async function file({ page }: Person, bsn: string, birthDate: string): Promise<void> {
  await page.getByLabel('Burgerservicenummer').fill(bsn);
  await page.getByLabel('Geboortedatum').fill(birthDate);
  await page.getByRole('button', { name: 'Verder' }).click();
  await page.getByRole('radio').first().check();
  await page.getByRole('button', { name: 'Signaal afgeven' }).click();
  await page.getByRole('heading', { name: /^Uw signaal over .* is afgegeven$/ }).waitFor();
}

describe('somebody who works for two organisations', () => {
  it('always sees for which one, and changes to the other in all windows', async () => {
    const olga = await at('midden-nederland', 'mn-jeugdverpleegkundige');
    const { page } = olga;
    await page.getByText('U werkt voor: Buurtteam Lombok').waitFor();
    expect(await olga.look('acting-for')).toEqual([]);
    const other = await page.context().newPage();
    await other.goto(portalOf('midden-nederland'));
    await other.getByRole('button', { name: 'Wissel naar Jeugdgezondheidszorg Amersfoort' }).click();
    await other.getByText('U werkt voor: Jeugdgezondheidszorg Amersfoort').waitFor();
    // the first window comes into sight
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await page.getByText('U werkt voor: Jeugdgezondheidszorg Amersfoort').waitFor();
    await page.getByRole('button', { name: 'Wissel naar Buurtteam Lombok' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('U werkt voor: Buurtteam Lombok').waitFor();
    await other.close();
  });

  it('is not bothered with it who works for one', async () => {
    const { page } = await teacher();
    await page.getByText('Anna de Wit').waitFor();
    expect(await page.getByText('U werkt voor:').count()).toBe(0);
  });
});

describe('whoever has not logged in', () => {
  it('gets less than 200 kB of script', async () => {
    const bytes = await firstVisit(browser, portalOf('midden-nederland'));
    expect(bytes).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThan(200_000);
  });

  it('gets the names of municipalities, and not those that ended', () => {
    const folder = path.join(PROJECT_ROOT, 'dist/apps/portal/assets');
    const scripts = readdirSync(folder).filter((name) => name.endsWith('.js'));
    const text = scripts.map((name) => readFileSync(path.join(folder, name), 'utf8')).join();
    expect(text).toContain('Valkenburg aan de Geul');
    expect(text).not.toContain('Hellevoetsluis');
  });

  it('sees whose index it is and where to log in, and comes back to the page that was asked for', async () => {
    const visitor = await at('midden-nederland');
    expect(await visitor.look('welcome')).toEqual([]);
    expect(await visitor.page.title()).toBe('Verwijsindex Midden Nederland');
    const colours = await visitor.page.evaluate(() => {
      const { backgroundColor } = getComputedStyle(document.querySelector('.screens-header')!);
      return backgroundColor;
    });
    expect(colours).toBe('rgb(11, 92, 107)');
  });

  it('reads what to do when logging in failed, or when the index does not know them', async () => {
    const visitor = await at('midden-nederland', undefined, '/auth/callback?code=x&state=y');
    await visitor.page.getByText('Inloggen is niet gelukt').waitFor();
    expect(await visitor.look('login-failed')).toEqual([]);
    const stranger = await at('rijnmond', 'mn-leerkracht');
    await stranger.page.getByText('U hebt hier geen account').first().waitFor();
    // what to pass on to whoever can enter them
    await stranger.page.getByText('mn-leerkracht', { exact: true }).waitFor();
    expect(await stranger.look('stranger')).toEqual([]);
    const visitorToo = await at('midden-nederland', undefined, '/?problem=assurance-too-low');
    await visitorToo.page.getByText('U bent niet zeker genoeg ingelogd').waitFor();
  });
});

describe('a professional', () => {
  it('files a signal by keyboard in ten interactions at most, and ends it', async () => {
    const person = await teacher('/signalen/nieuw');
    await person.settled();
    person.interactions = 0;
    await person.type('999910000');
    await person.press('Tab');
    await person.type('14-3-2012');
    await person.press('Enter');
    await person.page.getByRole('heading', { name: /Gaat het om/ }).waitFor();
    // back from the heading to the question is one step on
    await person.press('Tab', 'Space', 'Enter');
    await person.page.getByRole('heading', { name: /^Uw signaal over .* is afgegeven$/ }).waitFor();
    expect(person.interactions).toBeLessThanOrEqual(10);
    await person.page.getByRole('link', { name: 'Beëindig het signaal' }).click();
    await person.page.getByRole('radio', { name: 'Het signaal gaat over een verkeerde jeugdige' }).check();
    await person.page.getByRole('button', { name: 'Beëindigen' }).click();
    await person.page
      .getByRole('heading', { name: /^Het signaal over Sanne Voorbeeld .* is beëindigd$/ })
      .waitFor();
  });

  it('is shown what is wrong, and what was typed stays', async () => {
    const person = await teacher('/signalen/nieuw');
    expect(await person.look('signal-who')).toEqual([]);
    await person.page.getByLabel('Burgerservicenummer').fill('123456789');
    await person.page.getByLabel('Geboortedatum').fill('gisteren');
    await person.page.getByRole('button', { name: 'Verder' }).click();
    await person.page.getByRole('alert').first().waitFor();
    expect(await person.look('signal-who-wrong')).toEqual([]);
    expect(await person.page.getByLabel('Burgerservicenummer').inputValue()).toBe('123456789');
    await person.choose('en');
    await person.page.getByText('This is not a valid BSN. Check the digits.').waitFor();
    await person.page.getByText('Fill in a date that exists: day, month and year.').waitFor();
    await person.choose('nl');
    await person.page.getByRole('button', { name: 'Ik heb het BSN niet bij de hand' }).click();
    expect(await person.page.getByRole('alert').count()).toBe(0);
    expect(await person.look('signal-who-search')).toEqual([]);
  });

  it('is asked for one more datum where the description fits two, in a field of its own and nothing in red', async () => {
    const person = await teacher('/signalen/nieuw');
    const { page } = person;
    const next = () => page.getByRole('button', { name: 'Verder' }).click();
    await page.getByRole('button', { name: 'Ik heb het BSN niet bij de hand' }).click();
    await page.getByLabel('Achternaam').fill('Dubbelganger');
    await page.getByLabel('Geboortedatum').fill('5-5-2013');
    await page.getByRole('radio', { name: 'Vrouw' }).check();
    await page.getByLabel('Postcode').fill('2590 ZA');
    expect(await page.getByLabel('Voornaam').count()).toBe(0);
    await next();
    await page.getByText('We hebben nog één gegeven nodig').waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    expect(await page.getByLabel('Voornaam').evaluate((field) => field === document.activeElement)).toBe(
      true,
    );
    expect(await person.look('signal-who-one-more')).toEqual([]);
    expect(await page.getByLabel('Postcode').inputValue()).toBe('2590 ZA');
    await page.getByLabel('Voornaam').fill('Ans');
    await next();
    await page.getByLabel('Huisnummer').waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    expect(await person.look('signal-who-house-number')).toEqual([]);
    await page.getByLabel('Voornaam').fill('Evi');
    await next();
    await page.getByRole('heading', { name: 'Gaat het om Evi Dubbelganger?' }).waitFor();
    await page.getByRole('button', { name: 'Nee, terug' }).click();
    expect(await page.getByLabel('Voornaam').inputValue()).toBe('Evi');
  });

  it('sees a match with another region appear, in both browsers, and nothing about the youth in an address', async () => {
    const here = await teacher('/signalen/nieuw');
    await here.page.getByLabel('Burgerservicenummer').fill('999910036');
    await here.page.getByLabel('Geboortedatum').fill('2-6-2011');
    await here.page.getByRole('button', { name: 'Verder' }).click();
    await here.page.getByRole('heading', { name: /Gaat het om/ }).waitFor();
    expect(await here.look('signal-confirm')).toEqual([]);
    await here.page.getByRole('radio').first().check();
    await here.page.getByRole('button', { name: 'Signaal afgeven' }).click();
    await here.page.getByRole('heading', { name: /^Uw signaal over .* is afgegeven$/ }).waitFor();
    expect(await here.look('signal-filed')).toEqual([]);
    await here.page.getByRole('link', { name: 'Naar mijn matches' }).click();
    await here.page.getByText('Er zijn nu geen matches').waitFor();
    expect(await here.look('matches-none')).toEqual([]);

    const there = await at('rijnmond', 'rm-jeugdverpleegkundige', '/signalen/nieuw');
    await file(there, '999910048', '21-9-2015');
    // a match may come while the page opens
    const firstLook = (url: URL) => url.pathname.endsWith('/matches/version');
    await there.page.route(firstLook, (route) => setTimeout(() => void route.continue(), 8_000), {
      times: 1,
    });
    await there.page.getByRole('link', { name: 'Naar mijn matches' }).click();
    await here.page.getByText('Betrokken bij een broer of zus').waitFor({ timeout: 300_000 });
    await there.page.getByText('Betrokken bij een broer of zus').waitFor({ timeout: 300_000 });
    expect(await here.look('matches')).toEqual([]);
    await here.page.getByRole('button', { name: /We hebben contact/ }).click();
    await here.page.getByText('Contact, door u gemeld').waitFor();
    expect(await here.look('matches-in-contact')).toEqual([]);
    await here.page.getByRole('button', { name: /^Toch geen contact/ }).click();
    await here.page.getByRole('button', { name: /We hebben contact/ }).click();
    await here.page.getByText('Contact, door u gemeld').waitFor();
    for (const { page } of [here, there]) {
      expect(page.url()).not.toMatch(/\d{8}/);
      const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
      expect(kept).toBe('[{"language":"nl"},{}]');
    }
  });

  it('files on a youth without BSN, and fills the BSN in when it is known', async () => {
    const person = await teacher('/signalen/nieuw');
    const { page } = person;
    await page.getByRole('button', { name: 'De jeugdige heeft geen BSN' }).click();
    expect(await person.look('signal-without-bsn')).toEqual([]);
    await page.getByRole('button', { name: 'De jeugdige heeft een BSN' }).click();
    await fileWithoutBsn(person, 'Doorsnee', '8-10-2011');
    await person.go('/signalen');
    await page.getByRole('link', { name: 'BSN invullen' }).click();
    await page.getByLabel('Burgerservicenummer').waitFor();
    expect(await person.look('signal-bsn')).toEqual([]);
    await page.getByLabel('Burgerservicenummer').fill('999910905');
    await page.getByLabel('Geboortedatum').fill('8-10-2011');
    await page.getByRole('button', { name: 'Verder' }).click();
    await page.getByRole('heading', { name: 'Gaat het om Chloë Doorsnee?' }).waitFor();
    expect(await person.look('signal-bsn-confirm')).toEqual([]);
    await page.getByRole('button', { name: 'Koppelen' }).click();
    await page.getByRole('heading', { name: 'Het signaal is gekoppeld' }).waitFor();
    expect(await person.look('signal-bsn-linked')).toEqual([]);
    await person.go('/signalen');
    await page.getByText('Chloë Doorsnee').waitFor();
    expect(await page.getByRole('link', { name: 'BSN invullen' }).count()).toBe(0);
  });

  it('ends a signal for a reason in plain words', async () => {
    const person = await teacher('/signalen');
    await person.page.getByRole('link', { name: 'Beëindigen' }).first().waitFor();
    expect(await person.look('signals')).toEqual([]);
    await person.page.getByRole('link', { name: 'Beëindigen' }).first().click();
    await person.page.getByText('De zorg is voorbij').waitFor();
    expect(await person.look('signal-end')).toEqual([]);
    await person.page.getByRole('radio', { name: 'Het signaal was niet terecht' }).check();
    await person.page.getByRole('button', { name: 'Beëindigen' }).click();
    await person.page.getByRole('heading', { name: /is beëindigd$/ }).waitFor();
    expect(await person.look('signal-ended')).toEqual([]);
  });

  it('plans an absence, and confirms contact details', async () => {
    const person = await teacher('/afwezigheid');
    await person.page.getByLabel('Eerste dag').fill('24-12-2029');
    await person.page.getByLabel('Laatste dag').fill('31-12-2029');
    await person.page.getByLabel('Wie neemt waar?').selectOption({ label: 'Bart Jansen, Intern begeleider' });
    await person.page.getByRole('button', { name: 'Afwezigheid plannen' }).click();
    await person.page.getByText('Bart Jansen neemt waar.').waitFor();
    expect(await person.look('absence')).toEqual([]);
    await person.go('/mijn-gegevens');
    await person.page.getByRole('button', { name: 'Dit klopt nog' }).click();
    await person.page.getByText('Bevestigd. Dank u wel.').waitFor();
    expect(await person.look('account')).toEqual([]);
  });

  it('is told when there is no connection, and that the page is not there', async () => {
    const person = await teacher('/signalen');
    await person.go('/nergens');
    expect(await person.look('not-here')).toEqual([]);
    await person.page.getByRole('link', { name: 'Mijn signalen' }).click();
    await person.settled();
    await person.page.context().setOffline(true);
    await person.page.getByRole('link', { name: 'Afwezigheid' }).click();
    await person.page.getByText('Geen verbinding').waitFor();
    expect(await person.look('offline')).toEqual([]);
    await person.page.context().setOffline(false);
    await person.page.getByRole('button', { name: 'Probeer opnieuw' }).click();
    await person.page.getByLabel('Eerste dag').waitFor();
  });

  it('without a designation reads what to do', async () => {
    const person = await at('midden-nederland', 'mn-stagiair', '/signalen/nieuw');
    await person.page.getByText('U bent niet aangewezen').waitFor();
    expect(await person.look('signal-may-not')).toEqual([]);
  });

  it('logs out', async () => {
    const person = await teacher('/mijn-gegevens');
    await person.page.getByRole('button', { name: 'Uitloggen' }).click();
    await person.page.waitForURL(`${federation.idp.url}/**`);
    person.complaints.length = 0;
    await person.page.goto(`${portalOf('midden-nederland')}/signalen`);
    await person.page.getByRole('link', { name: 'Inloggen' }).waitFor();
  });
});

describe('the steps of a screen', () => {
  const YOUTH = { bsn: '999910206', birthDate: '30-1-2014' };
  const whom = async ({ page }: Person) => {
    await page.getByLabel('Burgerservicenummer').fill(YOUTH.bsn);
    await page.getByLabel('Geboortedatum').fill(YOUTH.birthDate);
    await page.getByRole('button', { name: 'Verder' }).click();
    await page.getByRole('heading', { name: /^Gaat het om/ }).waitFor();
  };
  const typed = ({ page }: Person) => page.getByLabel('Geboortedatum').inputValue();
  const pathOf = ({ page }: Person) => new URL(page.url()).pathname;
  const menu = ({ page }: Person, name: string) =>
    page.getByRole('navigation').getByRole('link', { name }).click();
  const filedHeading = ({ page }: Person) =>
    page.getByRole('heading', { name: /^Uw signaal over .* is afgegeven$/ });

  it('of filing lead back and forward with everything that was typed, as it was typed', async () => {
    const person = await teacher('/signalen');
    const { page } = person;
    await menu(person, 'Nieuw signaal');
    await whom(person);
    expect(pathOf(person)).toBe('/signalen/nieuw/controle');
    await page.getByRole('radio', { name: 'Nog niet' }).check();
    await page.getByRole('checkbox', { name: 'Herinner mij' }).check();
    await page.goBack();
    expect(await typed(person)).toBe(YOUTH.birthDate);
    expect(await page.getByLabel('Burgerservicenummer').inputValue()).toBe(YOUTH.bsn);
    await page.goForward();
    await page.getByRole('heading', { name: /^Gaat het om/ }).waitFor();
    expect(await page.getByRole('radio', { name: 'Nog niet' }).isChecked()).toBe(true);
    await page.getByRole('button', { name: 'Nee, terug' }).click();
    expect(await typed(person)).toBe(YOUTH.birthDate);
    await page.goBack();
    await page.getByRole('heading', { name: 'Mijn signalen' }).waitFor();
    await page.goForward();
    expect(await typed(person)).toBe(YOUTH.birthDate);
    // the menu begins anew, also from the form itself
    await menu(person, 'Nieuw signaal');
    expect(await typed(person)).toBe('');
    await page.getByRole('button', { name: 'Ik heb het BSN niet bij de hand' }).click();
    await page.getByLabel('Achternaam').waitFor();
    await menu(person, 'Nieuw signaal');
    await page.getByLabel('Burgerservicenummer').waitFor();
  });

  it('of filing forget what was typed at a reload, and say so', async () => {
    const person = await teacher('/signalen/nieuw');
    const { page } = person;
    await whom(person);
    await page.reload();
    await page.getByText('De pagina is opnieuw geladen').waitFor();
    expect(pathOf(person)).toBe('/signalen/nieuw');
    expect(await typed(person)).toBe('');
    expect(await person.look('signal-lost')).toEqual([]);
    const kept = await page.evaluate(() => JSON.stringify([{ ...sessionStorage }, history.state]));
    expect(kept).not.toContain(YOUTH.bsn);
  });

  it('of filing say what has to be answered, in the words of the question', async () => {
    const person = await teacher('/signalen/nieuw');
    const { page } = person;
    await whom(person);
    const question = (await page.locator('legend').textContent())!;
    await page.getByRole('button', { name: 'Signaal afgeven' }).click();
    await page.getByText(`Geef antwoord op de vraag: ${question}`).waitFor();
    expect(await person.look('signal-unanswered')).toEqual([]);
    await page.goBack();
    await page.goForward();
    await page.getByRole('heading', { name: /^Gaat het om/ }).waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  it('of filing end at the filed signal, which is there again after a reload, and never filed twice', async () => {
    const person = await teacher('/signalen/nieuw');
    const { page } = person;
    await whom(person);
    await page.getByRole('radio', { name: 'Nog niet' }).check();
    await page.getByRole('checkbox', { name: 'Herinner mij' }).check();
    await page.getByRole('button', { name: 'Signaal afgeven' }).click();
    await filedHeading(person).waitFor();
    const number = (await page.getByText(/^MN-\d{4}-\d{6}$/).textContent())!;
    await page.reload();
    await filedHeading(person).waitFor();
    await page.getByText(number).waitFor();
    await page.goBack();
    expect(await typed(person)).toBe('');
    await page.goForward();
    await filedHeading(person).waitFor();
    await page.getByRole('link', { name: 'Ander signaal afgeven' }).click();
    expect(await typed(person)).toBe('');

    // the second time the signal that there is stands in the place of the button
    await whom(person);
    await page.getByText('U hebt al een signaal over deze jeugdige').waitFor();
    await page.getByText(`Dat is ${number}.`).waitFor();
    expect(await page.getByRole('button', { name: 'Signaal afgeven' }).count()).toBe(0);
    expect(await person.look('signal-existing')).toEqual([]);
    await page.getByRole('link', { name: 'Signaal bekijken' }).click();
    await page.getByRole('heading', { name: 'Uw signaal' }).waitFor();
    await page.getByText('U gaf aan dat u nog niet hebt geïnformeerd').waitFor();
    expect(await person.look('signal-one')).toEqual([]);
    await page.getByRole('button', { name: 'Herinnering weghalen' }).click();
    await page.getByText('U gaf aan dat u nog niet hebt geïnformeerd').waitFor({ state: 'detached' });
    await page.reload();
    await page.getByRole('heading', { name: 'Uw signaal' }).waitFor();
    await person.settled();
    expect(await page.getByText('U gaf aan dat u nog niet hebt geïnformeerd').count()).toBe(0);
    await menu(person, 'Nieuw signaal');
    await page.getByLabel('Burgerservicenummer').waitFor();
  });

  it('of ending name the youth, and say in a second tab that it has ended', async () => {
    const person = await teacher('/signalen/nieuw');
    const { page } = person;
    await page.getByLabel('Burgerservicenummer').fill(YOUTH.bsn);
    await page.getByLabel('Geboortedatum').fill(YOUTH.birthDate);
    await page.getByRole('button', { name: 'Verder' }).click();
    await page.getByRole('link', { name: 'Signaal bekijken' }).click();
    await page.getByRole('link', { name: 'Beëindigen' }).click();
    await page.getByText(/^Het gaat om .* \(MN-/).waitFor();
    const second = await page.context().newPage();
    await second.goto(page.url());
    await second.getByRole('radio', { name: 'Het signaal was niet terecht' }).check();
    await page.getByRole('radio', { name: 'Het signaal was niet terecht' }).check();
    await page.getByRole('button', { name: 'Beëindigen' }).click();
    await page.getByRole('heading', { name: /is beëindigd$/ }).waitFor();
    expect(await page.title()).toBe('Signaal beëindigen');
    await second.getByRole('button', { name: 'Beëindigen' }).click();
    await second.getByRole('heading', { name: 'Het signaal is al beëindigd' }).waitFor();
    await second.reload();
    await second.getByRole('heading', { name: 'Dit signaal is er niet' }).waitFor();
    await second.close();
    await page.reload();
    await page.getByRole('heading', { name: 'Dit signaal is er niet' }).waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: 'Dit signaal is er niet' }).waitFor();
  });

  it('of linking lead back with what was typed, and to a page that stays', async () => {
    const person = await teacher('/signalen/nieuw');
    const { page } = person;
    await fileWithoutBsn(person, 'Stappen', '9-9-2012');
    const id = pathOf(person).split('/')[2];
    await person.go(`/signalen/${id}/bsn`);
    await page.getByText(/^Het signaal over Stappen/).waitFor();
    await page.getByLabel('Burgerservicenummer').fill('999910218');
    await page.getByLabel('Geboortedatum').fill('30-1-2014');
    await page.getByRole('button', { name: 'Verder' }).click();
    await page.getByRole('heading', { name: /^Gaat het om/ }).waitFor();
    await page.goBack();
    expect(await typed(person)).toBe('30-1-2014');
    await page.goForward();
    await page.getByRole('heading', { name: /^Gaat het om/ }).waitFor();
    await page.reload();
    await page.getByText('De pagina is opnieuw geladen').waitFor();
    await page.getByLabel('Burgerservicenummer').fill('999910218');
    await page.getByLabel('Geboortedatum').fill('30-1-2014');
    await page.getByRole('button', { name: 'Verder' }).click();
    await page.getByRole('button', { name: 'Koppelen' }).click();
    await page.getByRole('heading', { name: 'Het signaal is gekoppeld' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Het signaal is gekoppeld' }).waitFor();
  });

  it('of a possible match end it for good when it is another youth', async () => {
    for (const subject of ['mn-jeugdarts', 'mn-leerkracht'])
      await fileWithoutBsn(await at('midden-nederland', subject, '/signalen/nieuw'), 'Anders', '7-7-2014');
    const person = await teacher('/matches');
    const { page } = person;
    const theirs = page.getByRole('listitem').filter({ hasText: 'Anders' });
    await theirs.getByRole('link', { name: 'Nee, een andere jeugdige' }).click();
    await page.getByRole('heading', { name: 'Is het een andere jeugdige?' }).waitFor();
    await page.getByText(/^Anders \(MN-/).waitFor();
    expect(await person.look('other-youth')).toEqual([]);
    await page.getByRole('link', { name: 'Terug naar mijn matches' }).click();
    await theirs.getByRole('link', { name: 'Nee, een andere jeugdige' }).click();
    await page.getByRole('button', { name: 'Ja, een andere jeugdige' }).click();
    await page.getByText('Vastgelegd: het is een andere jeugdige').waitFor();
    await theirs.waitFor({ state: 'detached' });
    expect(await person.look('other-youth-said')).toEqual([]);
    const other = await at('midden-nederland', 'mn-jeugdarts', '/matches');
    await other.settled();
    expect(await other.page.getByText('Anders', { exact: true }).count()).toBe(0);
  });
});

describe('a signal that is held', () => {
  it('is undone or shared on its page, and known to nobody until then', async () => {
    await federation.restartWith('midden-nederland', { UNDO_SECONDS: '600' });
    const person = await at('midden-nederland', 'mn-jeugdarts', '/signalen/nieuw');
    const { page } = person;
    await fileWithoutBsn(person, 'Bedenktijd', '3-3-2013');
    await page.getByText('Niemand weet nog van dit signaal').waitFor();
    expect(await person.look('signal-held-for-real')).toEqual([]);
    await page.getByRole('button', { name: 'Ongedaan maken' }).click();
    await page.getByText('niemand heeft er iets van gehoord').waitFor();
    await person.go('/signalen/nieuw');
    await fileWithoutBsn(person, 'Bedenktijd', '3-3-2013');
    await page.getByRole('button', { name: 'Nu delen' }).click();
    await page.getByRole('button', { name: 'Ongedaan maken' }).waitFor({ state: 'detached' });
    await federation.restartWith('midden-nederland');
  });
});

describe('an organisation coordinator', () => {
  it('keeps people and sees whose matches wait', async () => {
    const person = await at('midden-nederland', 'mn-coordinator', '/medewerkers');
    await person.page.getByRole('link', { name: /Bart Jansen/ }).waitFor();
    expect(await person.look('people')).toEqual([]);
    await person.page.getByRole('link', { name: /Bart Jansen/ }).click();
    await person.page.getByLabel('Functie').selectOption('Schoolmaatschappelijk werker');
    await person.page.getByLabel('Telefoon').fill('030-000 00 22');
    await person.page.getByRole('button', { name: 'Opslaan' }).click();
    await person.page.getByText('Opgeslagen.').waitFor();
    await person.page.getByText('Wacht op bevestiging door de medewerker: telefoon').waitFor();
    expect(await person.look('person')).toEqual([]);
    // until then others see what was confirmed
    expect(await person.page.getByLabel('Telefoon').inputValue()).toBe('030-000 00 02');
    // what went well before does not stand beside what goes wrong now
    await person.page.getByLabel('E-mailadres').fill('geen adres');
    await person.page.getByRole('button', { name: 'Opslaan' }).click();
    await person.page.getByRole('alert').first().waitFor();
    expect(await person.page.getByText('Opgeslagen.').count()).toBe(0);
    expect(await person.look('person-wrong')).toEqual([]);
    await person.page.getByRole('button', { name: 'Een week meer toestaan' }).click();
    await person.page.getByText(/^Mag meer signalen afgeven tot/).waitFor();
    expect(await person.look('person-limit')).toEqual([]);
    await person.go('/wachtende-matches');
    await person.page.getByText('Er wacht niets').waitFor();
    expect(await person.look('waiting-none')).toEqual([]);
    await file(await teacher('/signalen/nieuw'), '999910000', '14-3-2012');
    await file(await at('midden-nederland', 'mn-jeugdarts', '/signalen/nieuw'), '999910000', '14-3-2012');
    await person.go('/wachtende-matches');
    await person.page.getByRole('link', { name: 'Waarneming regelen voor Anna de Wit' }).waitFor();
    expect(await person.look('waiting-matches')).toEqual([]);
  });

  it('enters a mail address, which its owner sees after logging in and confirms', async () => {
    const coordinator = await at('midden-nederland', 'mn-coordinator', '/medewerkers');
    await coordinator.page.getByRole('link', { name: /Bart Jansen/ }).click();
    await coordinator.page.getByLabel('E-mailadres').fill('b.jansen@utrecht.voorbeeld.example');
    await coordinator.page.getByRole('button', { name: 'Opslaan' }).click();
    await coordinator.page.getByText(/^Wacht op bevestiging door de medewerker: .*e-mailadres/).waitFor();
    await coordinator.go('/medewerkers');
    await coordinator.page.getByText('Wijziging wacht op bevestiging').waitFor();
    expect(await coordinator.look('people-unconfirmed')).toEqual([]);

    const owner = await at('midden-nederland', 'mn-internbegeleider', '/signalen');
    await owner.page.getByText('Iemand heeft uw contactgegevens gewijzigd').waitFor();
    expect(await owner.look('contact-news')).toEqual([]);
    await owner.page.getByRole('link', { name: 'Bekijk de wijziging' }).click();
    await owner.page.getByText('b.jansen@utrecht.voorbeeld.example').waitFor();
    expect(await owner.look('contact-change')).toEqual([]);
    await owner.page.getByRole('button', { name: 'Ja, dit klopt' }).click();
    await owner.page.getByText('Bevestigd. De nieuwe gegevens gelden vanaf nu.').waitFor();
    await owner.page.getByText('b.jansen@utrecht.voorbeeld.example').waitFor();
    await owner.page.getByRole('button', { name: 'Ja, dit klopt' }).waitFor({ state: 'detached' });
    expect(await owner.look('contact-confirmed')).toEqual([]);
  });

  it('agrees to whom the operator entered, and waits for another where it is about themselves', async () => {
    const operator = await at('midden-nederland', 'mn-beheerder', '/mensen');
    await operator.page
      .getByLabel('Of plak de tekst')
      .fill(
        [
          'inlognaam;naam;functie;telefoon;e-mail;organisatie;aangewezen',
          'mn-akkoord;Olga Prins;Leerkracht;030-000 00 20;olga.prins@utrecht.voorbeeld.example;Basisschool De Linde;ja',
          'mn-coordinator;Carla Mulder;Leerkracht;030-000 00 03;carla.mulder@utrecht.voorbeeld.example;Basisschool De Linde;ja',
        ].join('\n'),
      );
    await operator.page.getByRole('button', { name: 'Controleren' }).click();
    await operator.page.getByRole('button', { name: 'Invoeren', exact: true }).click();
    await operator.page.getByText('Olga Prins mag signalen afgeven').waitFor();
    expect(await operator.look('person-proposals-operator')).toEqual([]);

    const coordinator = await at('midden-nederland', 'mn-coordinator', '/medewerkers');
    await coordinator.page.getByText('Carla Mulder mag signalen afgeven').waitFor();
    expect(await coordinator.look('person-proposals')).toEqual([]);
    expect(await coordinator.page.getByRole('button', { name: /^Akkoord: Carla/ }).count()).toBe(0);
    await coordinator.page.getByRole('button', { name: /^Akkoord: Olga/ }).click();
    await coordinator.page.getByText('Uw akkoord is vastgelegd en uitgevoerd.').waitFor();
    await coordinator.page.getByRole('button', { name: /^Niet doen: Carla/ }).click();
    await coordinator.page.getByText('Het voorstel is van de baan.').waitFor();
  });

  it('enters people from a file of a spreadsheet, which is checked first', async () => {
    const person = await at('midden-nederland', 'mn-coordinator', '/medewerkers');
    const { page } = person;
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Leeg bestand downloaden' }).click();
    const template = readFileSync(await (await download).path(), 'utf8');
    expect(template).toBe('\ufeffInlognaam;Naam;Functie;Telefoon;E-mail;Organisatie;Aangewezen\r\n');
    await page.getByText('Wat staat er in elke kolom?').click();

    const file = path.join(mkdtempSync(path.join(tmpdir(), 'people-')), 'mensen.csv');
    const school = 'Basisschool De Linde';
    const line = (name: string, phone: string) =>
      `mn-proef;${name};Leerkracht, groep 3;${phone};proef@utrecht.voorbeeld.example;${school};Ja\r\n`;
    const choose = async (...lines: string[]) => {
      // as a spreadsheet with Dutch settings saves it, without a byte order mark
      writeFileSync(file, Buffer.from(template.slice(1) + lines.join(''), 'latin1'));
      const chooser = page.waitForEvent('filechooser');
      await page.getByLabel('Kies een bestand').click();
      await (await chooser).setFiles(file);
    };
    const check = () => page.getByRole('button', { name: 'Controleren' }).click();
    await choose(line('=1+1', '3,02E+08'), ';;;;;;\r\n');
    await check();
    await page.getByText('Er is niets veranderd: één regel klopt niet.').waitFor();
    await page.getByText('Het rekenblad heeft van dit telefoonnummer een getal gemaakt.').waitFor();
    expect(await page.getByRole('button', { name: 'Invoeren' }).count()).toBe(0);
    expect(await person.look('people-import-wrong')).toEqual([]);

    await choose(line('Ren\u00e9e Proef', '300000020'));
    await check();
    await page.getByRole('cell', { name: 'Renée Proef' }).waitFor();
    expect(await person.look('people-import-checked')).toEqual([]);
    await choose(line('Ren\u00e9e Proef', '300000020'));
    await check();
    // what is entered is what was checked
    const enter = page.getByRole('button', { name: 'Invoeren' });
    await enter.waitFor();
    writeFileSync(file, 'iets anders');
    await enter.click();
    await page.getByText('Ingevoerd.').waitFor();
    expect(await person.look('people-import')).toEqual([]);
    await page.getByRole('link', { name: 'Openen: Renée Proef' }).click();
    await page.getByLabel('Telefoon').waitFor();
    expect(await page.getByLabel('Telefoon').inputValue()).toBe('0300000020');

    await person.go('/medewerkers');
    await choose(line('Ren\u00e9e Proef', '300000020'));
    writeFileSync(file, 'iets anders');
    await check();
    await page.getByText('Het bestand is veranderd nadat u het koos.').waitFor();
    await page.getByLabel('Of plak de tekst').fill('Inlognaam;Naam\nx;y\n');
    await check();
    await page.getByText('Deze kolommen ontbreken: “functie').waitFor();
    await person.choose('en');
    await page.getByText('These columns are missing: “functie').waitFor();
  });

  it('keeps the locations of the organisation, and says who works where', async () => {
    const person = await at('midden-nederland', 'mn-coordinator', '/locaties');
    const { page } = person;
    await page.getByText('Uw organisatie heeft nog geen locaties').waitFor();
    expect(await person.look('locations-none')).toEqual([]);
    const add = async (name: string, municipality: string) => {
      await page.getByRole('button', { name: 'Locatie toevoegen' }).click();
      await page.getByLabel('Naam').fill(name);
      await page.getByLabel('Gemeente').selectOption({ label: municipality });
      await page.getByLabel('Telefoon').fill('030-000 00 91');
      await page.getByRole('button', { name: 'Opslaan' }).click();
      await page.getByRole('heading', { name }).waitFor();
    };
    await add('Locatie Oost', 'Utrecht');
    await add('Locatie West', 'Zeist');

    await page.getByRole('button', { name: 'Wijzigen: Locatie West' }).click();
    await page.getByLabel('Naam').fill('De Bosrand');
    await page.getByLabel('Telefoon').fill('x');
    await page.getByRole('button', { name: 'Opslaan' }).click();
    await page.getByText('Vul een telefoonnummer in van 3 tot 20 tekens.').waitFor();
    expect(await person.look('location-wrong')).toEqual([]);
    await page.getByLabel('Telefoon').fill('030-000 00 92');
    await page.getByRole('button', { name: 'Opslaan' }).click();
    await page.getByRole('heading', { name: 'De Bosrand' }).waitFor();

    await person.go('/medewerkers');
    await page.getByRole('link', { name: /Bart Jansen/ }).click();
    await page.getByLabel('Locatie').selectOption({ label: 'De Bosrand' });
    await page.getByRole('button', { name: 'Opslaan' }).click();
    await page.getByText('Opgeslagen.').waitFor();
    await person.go('/locaties');
    await page.getByText('Bart Jansen').waitFor();
    expect(await person.look('locations')).toEqual([]);

    await page.getByRole('button', { name: 'Verwijderen: De Bosrand' }).click();
    await page.getByText('Eén medewerker heeft dan geen locatie meer.').waitFor();
    expect(await person.look('location-remove')).toEqual([]);
    await page.getByRole('button', { name: 'Ja, verwijderen' }).click();
    await page.getByText('De Bosrand is verwijderd.').waitFor();
    await page.getByText('Bart Jansen').waitFor({ state: 'detached' });
  });
});

describe('a process manager', () => {
  it('sees what to follow up and where youths moved to', async () => {
    const filer = await at('midden-nederland', 'mn-jeugdarts', '/signalen/nieuw');
    await file(filer, '999910097', '17-2-2009');
    const other = await at('midden-nederland', 'mn-buurtteam', '/signalen/nieuw');
    await file(other, '999910097', '17-2-2009');
    const person = await at('midden-nederland', 'mn-procesmanager-amersfoort', '/opvolging');
    await person.page.getByText('Wacht op contact').first().waitFor();
    await person.page.getByRole('button', { name: 'Doorsturen naar een andere gemeente' }).first().click();
    await person.page.getByLabel('Gemeente').waitFor();
    expect(await person.look('queue-forward')).toEqual([]);
    await person.page.getByLabel('Gemeente').selectOption({ label: 'Rotterdam (Verwijsindex Rijnmond)' });
    await person.page.getByRole('button', { name: 'Doorsturen', exact: true }).click();
    await person.page.getByText('Doorgestuurd naar Rotterdam.').waitFor();
    expect(await person.look('queue')).toEqual([]);
    await person.go('/verhuizingen');
    expect(await person.look('moves-none')).toEqual([]);
    const there = await at('rijnmond', 'rm-procesmanager', '/verhuizingen');
    // the case goes by way of the hub
    do await there.go('/verhuizingen');
    while ((await there.page.getByRole('heading', { name: 'Doorgestuurd door' }).count()) === 0);
    expect(await there.look('moves')).toEqual([]);
  });

  it('shows a youth what is kept, and erases it when the college so decides', async () => {
    const filer = await at('midden-nederland', 'mn-jeugdarts', '/signalen/nieuw');
    await file(filer, '999910152', '18-11-2012');
    const there = await at('rijnmond', 'rm-jeugdverpleegkundige', '/signalen/nieuw');
    await file(there, '999910152', '18-11-2012');
    await filer.go('/matches');
    await filer.page.getByText('Joyce Pinas').first().waitFor({ timeout: 300_000 });
    const person = await at('midden-nederland', 'mn-procesmanager-amersfoort', '/inzage');
    const { page } = person;
    const ask = async (bsn: string) => {
      await page.getByLabel('Burgerservicenummer van de jeugdige').fill(bsn);
      await page.getByRole('button', { name: 'Bekijken' }).click();
    };
    await ask('123456789');
    await page.getByText('Dit is geen geldig BSN').waitFor();
    await ask('999910164');
    await page.getByText('Er is niets voor u in te zien').waitFor();
    expect(await person.look('access-none')).toEqual([]);
    await page.goBack();
    expect(await page.getByLabel('Burgerservicenummer van de jeugdige').inputValue()).toBe('999910164');
    await ask('999910152');
    await page.getByText('Jeugdgezondheidszorg Nieuwe Waterweg, Verwijsindex Rijnmond').waitFor();
    expect(await person.look('access')).toEqual([]);
    await page.getByRole('button', { name: 'Wissen' }).click();
    const onward = page.getByRole('button', { name: 'Naar stap 2' });
    await onward.waitFor();
    await page.getByText('18 november 2012').waitFor();
    expect(await page.getByRole('button', { name: 'Wis nu' }).count()).toBe(0);
    await page.goBack();
    await page.getByText('Jeugdgezondheidszorg Nieuwe Waterweg, Verwijsindex Rijnmond').waitFor();
    await page.goForward();
    await onward.click();
    await page.getByText('Vul de datum van het besluit in.').waitFor();
    const decided = page.getByLabel('Datum van het besluit');
    await decided.fill('1-1-2099');
    await onward.click();
    await page.getByText('Vul vandaag in, of een dag daarvoor.').waitFor();
    await decided.fill('20-11-2025');
    expect(await person.look('access-erase')).toEqual([]);
    const first = (await onward.boundingBox())!;
    await onward.click();
    const erase = page.getByRole('button', { name: 'Wis nu' });
    await erase.waitFor();
    await page.getByText('op grond van het besluit van 20 november 2025').waitFor();
    // a second click on the spot of the first hits nothing that erases
    const second = (await erase.boundingBox())!;
    const apart =
      Math.abs(first.y - second.y) >= Math.max(first.height, second.height) ||
      first.x + first.width <= second.x ||
      second.x + second.width <= first.x;
    expect({ apart, first, second }).toMatchObject({ apart: true });
    expect(await person.look('access-erase-for-good')).toEqual([]);
    const colourOf = (element: Element) => getComputedStyle(element).backgroundColor;
    expect(await erase.evaluate(colourOf)).not.toBe(await page.locator('.screens-header').evaluate(colourOf));
    await erase.click();
    await page.getByRole('heading', { name: 'Gewist' }).waitFor();
    expect(await person.look('access-erased')).toEqual([]);
    await page.reload();
    await page.getByRole('heading', { name: 'Gewist' }).waitFor();
    await page.getByRole('link', { name: 'Andere jeugdige' }).click();
    await ask('999910152');
    await page.getByText('Er is niets voor u in te zien').waitFor();
    await page.reload();
    await page.getByText('De pagina is opnieuw geladen').waitFor();
    expect(page.url()).not.toMatch(/\d{8}/);
  });

  it('sees who may be involved with the same youth without BSN, and did not confirm it', async () => {
    for (const subject of ['mn-jeugdarts', 'mn-buurtteam'])
      await fileWithoutBsn(await at('midden-nederland', subject, '/signalen/nieuw'), 'Zonder', '5-6-2013');
    const filer = await at('midden-nederland', 'mn-buurtteam', '/matches');
    await filer.page.getByText('Iemand anders', { exact: true }).waitFor();
    expect(await filer.page.getByText('Jeugdgezondheidszorg', { exact: true }).count()).toBe(0);
    expect(await filer.look('matches-possible')).toEqual([]);
    const person = await at('midden-nederland', 'mn-procesmanager-amersfoort', '/opvolging');
    await person.page.getByText('Mogelijk is nog iemand betrokken').first().waitFor();
    expect(await person.look('queue-possible')).toEqual([]);
  });
});

describe('an operator', () => {
  it('checks a covenant before it is scheduled, and can withdraw it', async () => {
    const person = await at('midden-nederland', 'mn-beheerder', '/convenant');
    await person.page.getByRole('link', { name: /Nieuwe versie maken/ }).click();
    const text = person.page.getByLabel('Tekst van het convenant');
    await text.waitFor();
    const yaml = await text.inputValue();
    await text.fill(yaml.replace('retentionMonths: 24', 'retentionMonths: 36'));
    await person.page.getByRole('button', { name: 'Controleren en vergelijken' }).click();
    await person.page.getByText('ten hoogste 24 maanden').waitFor();
    expect(await person.look('covenant-wrong')).toEqual([]);
    await text.fill(yaml.replace('retentionMonths: 24', 'retentionMonths: 18'));
    await person.page.getByRole('button', { name: 'Controleren en vergelijken' }).click();
    await person.page.getByText('De tekst is geldig').waitFor();
    await person.page.getByLabel('Gaat in op').fill('1-1-2031');
    await person.page.getByRole('button', { name: 'Deze versie plannen' }).click();
    await person.page.getByText('Gepland. De versie gaat in').waitFor();
    expect(await person.look('covenant')).toEqual([]);
    await person.page.getByRole('button', { name: 'Intrekken: versie 2' }).click();
    await person.page.getByText('Ingetrokken').waitFor();
  });

  it('appoints a process manager, and accepts by name that a municipality has none', async () => {
    const person = await at('midden-nederland', 'mn-beheerder', '/benoemingen');
    const { page } = person;
    await page.getByRole('link', { name: 'Iemand benoemen' }).click();
    await page.getByLabel('Persoon').selectOption('Hanna Smit, Buurtteam Lombok');
    await page.getByLabel('Gemeente').selectOption('Zeist');
    await page.getByLabel('Vervanger').selectOption({ index: 1 });
    expect(await person.look('appoint')).toEqual([]);
    await page.getByRole('radio', { name: 'Iemand die nog niet bekend is' }).check();
    await page.getByLabel('Organisatie').selectOption('Politie Midden');
    await page.getByLabel('Functie').selectOption('Jeugdagent');
    expect(await page.getByLabel('Functie').textContent()).not.toContain('Leerkracht');
    expect(await person.look('appoint-new')).toEqual([]);
    await page.getByRole('radio', { name: 'Iemand die al bekend is' }).check();
    await page.getByRole('button', { name: 'Benoemen', exact: true }).click();
    await page.getByText('De benoeming is ingegaan').waitFor();
    await person.go('/benoemingen/nieuw');
    await page.getByRole('radio', { name: 'Beheerder' }).check();
    await page.getByLabel('Persoon').selectOption('Hanna Smit, Buurtteam Lombok');
    await page.getByRole('button', { name: 'Benoeming voorstellen' }).click();
    await page.getByText('Het voorstel staat klaar').waitFor();
    await person.go('/benoemingen');
    await page.getByText('Wacht op een andere beheerder').waitFor();
    expect(await person.look('appointments')).toEqual([]);
    await page.getByRole('button', { name: 'Voorstel intrekken' }).click();
    await page.getByText('Het voorstel is ingetrokken').waitFor();
    await page.getByRole('link', { name: 'Wijzigen: Hanna Smit, Procesmanager' }).click();
    await page.getByLabel('Ja, dit gaat over Hanna Smit').check();
    await page.getByRole('button', { name: /^Rol van procesmanager beëindigen/ }).click();
    await page.getByText('De rol is beëindigd').waitFor();
    await person.go('/benoemingen');
    await page
      .getByRole('row', { name: /Amersfoort/ })
      .getByRole('link')
      .click();
    await page.getByRole('checkbox', { name: /^Ja, dit gaat over/ }).check();
    await page.getByRole('button', { name: /^Rol van procesmanager beëindigen/ }).click();
    await page.getByText('Amersfoort heeft dan geen procesmanager').waitFor();
    expect(await person.look('appointee')).toEqual([]);
  });

  it('sees that mails wait for the mail server, and what it answers', async () => {
    await federation.stopPart(PARTS.mailServer);
    for (const subject of ['mn-jeugdarts', 'mn-buurtteam'])
      await fileWithoutBsn(await at('midden-nederland', subject, '/signalen/nieuw'), 'Bericht', '7-8-2014');
    const person = await at('midden-nederland', 'mn-beheerder', '/mensen');
    const fault = person.page.getByText(/De mailserver neemt \d+ bericht(en)? niet aan/);
    while ((await fault.count()) === 0) await person.go('/mensen');
    await person.page.getByText(/Laatste antwoord: ESOCKET ECONNREFUSED/).waitFor();
    expect(await person.look('mail-server-fault')).toEqual([]);
    await federation.startPart(PARTS.mailServer);
    const all = person.page.getByText('Alle e-mail is bezorgd');
    while ((await all.count()) === 0) await person.go('/mensen');
  });

  it('proposes another login for somebody whose login works', async () => {
    await at('midden-nederland', 'rm-leerkracht');
    const person = await at('midden-nederland', 'mn-beheerder', '/benoemingen');
    const { page } = person;
    await page.getByRole('cell', { name: 'rm-leerkracht' }).waitFor();
    await page.getByRole('link', { name: 'Login koppelen of wijzigen' }).click();
    await page.getByLabel('Persoon').selectOption({ index: 1 });
    await page.getByLabel('Kenmerk van de inlogvoorziening').fill('a b');
    await page.getByRole('button', { name: 'Login koppelen' }).click();
    await page.getByText('Vul het kenmerk van de inlogvoorziening in.').first().waitFor();
    expect(await person.look('login')).toEqual([]);
    // the operator has logged in, so it takes a second one
    await page.getByLabel('Persoon').selectOption('Nico Brouwer, Gemeente Utrecht');
    await page.getByLabel('Onbekende login').selectOption('rm-leerkracht');
    await page.getByRole('button', { name: 'Login koppelen' }).click();
    await page.getByText('Het voorstel staat klaar').waitFor();
    await person.go('/benoemingen');
    await page.getByText('een andere login te geven').waitFor();
    expect(await person.look('logins')).toEqual([]);
    await page.getByRole('button', { name: 'Voorstel intrekken' }).click();
    await page.getByText('Het voorstel is ingetrokken').waitFor();
  });

  it('sees organisations, people, work, link and logbook', async () => {
    const person = await at('midden-nederland', 'mn-beheerder', '/koppeling');
    await person.page.getByText('De koppeling werkt').waitFor();
    const rijnmond = person.page
      .getByRole('table', { name: 'Per regio' })
      .getByRole('row', { name: /Rijnmond .* \d{2}:\d{2} \d+ \d+$/ });
    // once a synthetic match has come, which takes a turn
    while ((await rijnmond.count()) === 0) await person.go('/koppeling');
    expect(await person.look('link')).toEqual([]);
    await person.go('/organisaties');
    await person.page.getByRole('cell', { name: 'Basisschool De Linde' }).waitFor();
    expect(await person.look('organisations')).toEqual([]);
    await person.go('/mensen');
    // somebody without coordinator undid a signal
    const raise = person.page.getByRole('button', { name: /Een week meer toestaan/ }).first();
    await raise.click();
    await person.page
      .getByText(/^Meer toegestaan tot/)
      .first()
      .waitFor();
    await person.page.getByLabel('Of plak de tekst').fill('subject;name\nx;y\n');
    await person.page.getByRole('button', { name: 'Controleren' }).click();
    await person.page.getByRole('alert').first().waitFor();
    expect(await person.look('directory')).toEqual([]);
    await person.go('/werk');
    await person.page
      .getByRole('button', { name: /Nu doen/ })
      .first()
      .click();
    await person.page.getByText('Aangevraagd').waitFor();
    expect(await person.look('work')).toEqual([]);
    await person.go('/logboek');
    await person.page.getByLabel('Signaalnummer').fill('mn-2026-000001');
    await person.page.getByRole('button', { name: 'Zoeken' }).click();
    await person.settled();
    expect(await person.look('audit')).toEqual([]);
  });
});
