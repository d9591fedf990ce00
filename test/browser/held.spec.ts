import type { Browser } from 'playwright-core';
import { Person, startChromium } from './chromium.js';
import { ORIGIN, StubbedNode, YOUTH } from './stubbed-node.js';

let browser: Browser;
const people: Person[] = [];

beforeAll(async () => {
  browser = await startChromium();
});
afterEach(async () => {
  const complaints = people.flatMap((person) => person.complaints);
  await Promise.all(people.map((person) => person.close()));
  people.length = 0;
  expect(complaints).toEqual([]);
});
afterAll(() => browser?.close());

async function at(node: StubbedNode, opens: string): Promise<Person> {
  const person = await Person.at(browser, ORIGIN, undefined, opens, node.serve);
  people.push(person);
  await person.settled();
  return person;
}

async function file({ page }: Person): Promise<void> {
  await page.getByLabel('Burgerservicenummer').fill('999910000');
  await page.getByLabel('Geboortedatum').fill('14-3-2012');
  await page.getByRole('button', { name: 'Verder' }).click();
  await page.getByRole('radio', { name: 'Ja, vooraf' }).check();
  await page.getByRole('button', { name: 'Signaal afgeven' }).click();
  await page.getByRole('heading', { name: `Uw signaal over ${YOUTH.name} is afgegeven` }).waitFor();
}

describe('a signal of which nobody knows yet', () => {
  it('says when it is shared, and shows who else is involved once its filer shares it', async () => {
    const node = new StubbedNode(600);
    const person = await at(node, '/signalen/nieuw');
    const { page } = person;
    await file(person);
    await page.getByText('Niemand weet nog van dit signaal').waitFor();
    await page.getByText(/Het wordt om \d\d:\d\d gedeeld\./).waitFor();
    expect(await page.getByText('Hanna Smit').count()).toBe(0);
    expect(await page.title()).toBe('Uw signaal is afgegeven');
    expect(await person.look('signal-held')).toEqual([]);
    await page.getByRole('button', { name: 'Nu delen' }).click();
    await page.getByText('Hanna Smit').waitFor();
    expect(await page.getByRole('button', { name: 'Ongedaan maken' }).count()).toBe(0);
    expect(node.sent.at(-1)).toEqual({ what: 'POST signals/signal-1/_share', body: {} });
    expect(await person.look('signal-shared')).toEqual([]);
  });

  it('is shared by itself when its time has come, and the page says so', async () => {
    const person = await at(new StubbedNode(4), '/signalen/nieuw');
    await file(person);
    await person.page.getByText('Niemand weet nog van dit signaal').waitFor();
    await person.page.getByText('Hanna Smit').waitFor();
    expect(await person.page.getByRole('button', { name: 'Nu delen' }).count()).toBe(0);
  });

  it('is undone, and its page says what is left of it', async () => {
    const node = new StubbedNode(600);
    const person = await at(node, '/signalen/nieuw');
    const { page } = person;
    await file(person);
    await page.getByRole('button', { name: 'Ongedaan maken' }).click();
    await page.getByText('niemand heeft er iets van gehoord').waitFor();
    await page.getByText('In het logboek blijft staan dat u het afgaf en ongedaan maakte.').waitFor();
    expect(node.sent.at(-1)).toEqual({ what: 'POST signals/signal-1/_end', body: { reason: 'undone' } });
    expect(await person.look('signal-undone')).toEqual([]);
    await page.reload();
    await page.getByRole('heading', { name: 'Dit signaal is er niet' }).waitFor();
    await page.goBack();
    await page.getByLabel('Burgerservicenummer').waitFor();
    expect(await page.getByLabel('Burgerservicenummer').inputValue()).toBe('');
  });

  it('says that it is too late when it was shared meanwhile', async () => {
    const node = new StubbedNode(600);
    const person = await at(node, '/signalen/nieuw');
    await file(person);
    node.meanwhile['POST signals/signal-1/_end'] = () => delete node.signals[0]!.sharesAt;
    await person.page.getByRole('button', { name: 'Ongedaan maken' }).click();
    await person.page.getByText('Hanna Smit').waitFor();
    expect(await person.page.getByRole('button', { name: 'Ongedaan maken' }).count()).toBe(0);
    await person.page.getByRole('link', { name: 'Beëindig het signaal' }).waitFor();
  });

  it('is shown again after a reload, with its number and what can be done', async () => {
    const person = await at(new StubbedNode(600), '/signalen/nieuw');
    const { page } = person;
    await file(person);
    await page.reload();
    await page.getByRole('heading', { name: `Uw signaal over ${YOUTH.name} is afgegeven` }).waitFor();
    await page.getByText('MN-2026-000001').waitFor();
    await page.getByRole('button', { name: 'Nu delen' }).waitFor();
    await page.getByRole('button', { name: 'Ongedaan maken' }).waitFor();
  });

  it('waits for its filer after a restored backup, and leads from the list to the choice', async () => {
    const node = new StubbedNode();
    node.add({ waitsForYou: true });
    const person = await at(node, '/signalen');
    const { page } = person;
    await page.getByText('Nog niet gedeeld').waitFor();
    expect(await person.look('signals-held')).toEqual([]);
    await page.getByRole('link', { name: 'Delen of ongedaan maken' }).click();
    await page.getByText('Het wordt niet vanzelf gedeeld').waitFor();
    expect(await person.look('signal-waits')).toEqual([]);
    await page.getByRole('button', { name: 'Nu delen' }).click();
    await page.getByText('Hanna Smit').waitFor();
  });

  it('can be undone on the page on which signals end, and no longer once it is shared', async () => {
    const node = new StubbedNode();
    node.add({ sharesAt: new Date(Date.now() + 600_000).toISOString() });
    node.add();
    const held = await at(node, '/signalen/signal-1/einde');
    await held.page.getByRole('radio', { name: 'Ik gaf het per ongeluk af' }).waitFor();
    const shared = await at(node, '/signalen/signal-2/einde');
    await shared.page.getByRole('radio', { name: 'Het signaal gaat over een verkeerde jeugdige' }).check();
    expect(await shared.page.getByRole('radio', { name: 'per ongeluk' }).count()).toBe(0);
    await shared.page.getByRole('button', { name: 'Beëindigen' }).click();
    await shared.page.getByRole('heading', { name: /is beëindigd/ }).waitFor();
    expect(node.sent.at(-1)!.body).toEqual({ reason: 'wrong-youth' });
  });
});

describe('an objection before filing', () => {
  it('asks once more, on a page that says when one may file, and is not sent', async () => {
    const node = new StubbedNode(600);
    const person = await at(node, '/signalen/nieuw');
    const { page } = person;
    await page.getByLabel('Burgerservicenummer').fill('999910000');
    await page.getByLabel('Geboortedatum').fill('14-3-2012');
    await page.getByRole('button', { name: 'Verder' }).click();
    await page.getByRole('radio', { name: 'Er is bezwaar gemaakt' }).check();
    await page.getByRole('button', { name: 'Signaal afgeven' }).click();
    await page.getByRole('heading', { name: /Er is bezwaar gemaakt/ }).waitFor();
    expect(node.sent.map(({ what }) => what)).toEqual(['POST signals/_preview']);
    expect(await person.look('signal-objection')).toEqual([]);
    await page.goBack();
    expect(await page.getByRole('radio', { name: 'Er is bezwaar gemaakt' }).isChecked()).toBe(true);
    await page.goForward();
    await page.getByRole('button', { name: 'Toch afgeven' }).click();
    await page.getByRole('heading', { name: /is afgegeven/ }).waitFor();
    expect(node.sent.at(-1)!.body).toEqual({
      ...{ youth: { bsn: '999910000', birthDate: '2012-03-14' }, informed: 'yes' },
    });
    await page.goBack();
    await page.getByLabel('Burgerservicenummer').waitFor();
    expect(await page.getByLabel('Burgerservicenummer').inputValue()).toBe('');
    expect(await page.getByText('De pagina is opnieuw geladen').count()).toBe(0);
  });

  it('is forgotten by a reload, which says so', async () => {
    const person = await at(new StubbedNode(), '/signalen/nieuw/bezwaar');
    await person.page.getByText('De pagina is opnieuw geladen').waitFor();
    expect(new URL(person.page.url()).pathname).toBe('/signalen/nieuw');
    expect(await person.look('signal-lost')).toEqual([]);
  });
});

describe('when the session ends', () => {
  it('nothing of what was shown stays, and what was typed is there when the same person is back', async () => {
    const node = new StubbedNode();
    node.add();
    const person = await at(node, '/signalen/nieuw');
    const { page } = person;
    await page.getByLabel('Burgerservicenummer').fill('999910000');
    node.person = undefined;
    await page.getByRole('heading', { name: 'U bent uitgelogd' }).waitFor({ timeout: 30_000 });
    expect(await page.getByLabel('Burgerservicenummer').isVisible()).toBe(false);
    expect(await page.getByText('Anna de Wit').count()).toBe(0);
    expect(await person.look('logged-out')).toEqual([]);
    node.person = 'anna';
    await page.getByLabel('Burgerservicenummer').waitFor({ timeout: 30_000 });
    expect(await page.getByLabel('Burgerservicenummer').inputValue()).toBe('999910000');
    expect(await page.getByRole('heading', { name: 'U bent uitgelogd' }).count()).toBe(0);
  });

  it('matches go from the screen with the next look for news, and another person sees nothing of them', async () => {
    const node = new StubbedNode();
    node.add();
    const { page } = await at(node, '/matches');
    await page.getByText('Hanna Smit').waitFor();
    node.person = undefined;
    await page.getByRole('heading', { name: 'U bent uitgelogd' }).waitFor({ timeout: 30_000 });
    expect(await page.getByText('Hanna Smit').isVisible()).toBe(false);
    expect(await page.title()).toBe('U bent uitgelogd');
    const reloaded = page.waitForEvent('load');
    node.person = 'somebody else';
    node.signals.length = 0;
    await reloaded;
    await page.getByText('Er zijn nu geen matches').waitFor();
    expect(await page.getByText('Hanna Smit').count()).toBe(0);
  });

  it('a form that is sent says so too', async () => {
    const node = new StubbedNode();
    node.add();
    const { page } = await at(node, '/signalen/signal-1/einde');
    await page.getByRole('radio', { name: 'Het signaal was niet terecht' }).check();
    node.person = undefined;
    await page.getByRole('button', { name: 'Beëindigen' }).click();
    await page.getByRole('heading', { name: 'U bent uitgelogd' }).waitFor();
    expect(await page.getByText(YOUTH.name).isVisible()).toBe(false);
    node.person = 'anna';
    await page.getByRole('button', { name: 'Beëindigen' }).waitFor({ timeout: 30_000 });
    expect(await page.getByRole('radio', { name: 'Het signaal was niet terecht' }).isChecked()).toBe(true);
    expect(await page.getByRole('alert').count()).toBe(0);
  });
});

it('the menu says where one is, also at the first page', async () => {
  const { page } = await at(new StubbedNode(), '/');
  expect(await page.locator('[aria-current=page]').textContent()).toBe('Matches');
});

describe('the address in a mail', () => {
  it('shows the match of that signal first, and gives it the focus', async () => {
    const node = new StubbedNode();
    for (let n = 0; n < 5; n++) node.add();
    const person = await at(node, '/matches/MN-2026-000004');
    const { page } = person;
    const first = page.getByRole('listitem').filter({ hasText: 'Signaal MN-' }).first();
    await first.getByText('Signaal MN-2026-000004').waitFor();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('MN-2026-000004');
    expect(await person.look('matches-one')).toEqual([]);
  });

  it('says so when there is no match of that signal any more', async () => {
    const node = new StubbedNode();
    node.add();
    const person = await at(node, '/matches/MN-2026-000009');
    await person.page.getByText('Bij signaal MN-2026-000009 is nu geen match.').waitFor();
    await person.page.getByText('Hanna Smit').waitFor();
    expect(await person.look('matches-no-more')).toEqual([]);
  });
});

describe('somebody of another region in a match', () => {
  it('is said to be oneself, and not to be after all', async () => {
    const node = new StubbedNode();
    node.add();
    const person = await at(node, '/matches');
    const { page } = person;
    await page.getByRole('button', { name: 'Dat ben ik zelf: Hanna Smit' }).click();
    await page.getByText('Daarom is het voor u geen match').waitFor();
    expect(await page.getByText('Hanna Smit').count()).toBe(0);
    expect(await person.look('match-yourself')).toEqual([]);
    await page.getByRole('button', { name: 'Dat ben ik toch niet' }).click();
    await page.getByText('Hanna Smit').waitFor();
  });
});
