import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import axe from 'axe-core';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

const FOLDER = path.resolve('.screenshots');
const PLACES = [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/google-chrome'];

/** Starts the machine's Chromium. @throws with what to install when there is none */
export async function startChromium(): Promise<Browser> {
  const executablePath = PLACES.find((place) => place !== undefined && existsSync(place));
  if (!executablePath)
    throw new Error('There is no Chromium here: apt-get install chromium, or set CHROMIUM.');
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-component-update'],
  });
}

/** Opens an address for the first time, and prints what somebody waits for. @returns the bytes of script, as they travel */
export async function firstVisit(browser: Browser, address: string): Promise<number> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const began = performance.now();
  await page.goto(address);
  await page.locator('h1').waitFor();
  const took = performance.now() - began;
  const bytes = await page.evaluate(() =>
    (performance.getEntriesByType('resource') as PerformanceResourceTiming[])
      .filter(({ name }) => name.endsWith('.js'))
      .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
  );
  await context.close();
  process.stdout.write(
    `first usable page at ${address}: ${took.toFixed(0)} ms, ${(bytes / 1000).toFixed(0)} kB of script\n`,
  );
  return bytes;
}

/** Somebody at a browser: logged in, watched, and able to use keyboard and mouse. */
export class Person {
  /** What went wrong without showing: messages of the console, requests to other origins. */
  readonly complaints: string[] = [];
  /** Keys pressed and texts typed. */
  interactions = 0;

  private constructor(
    readonly page: Page,
    private readonly origin: string,
  ) {}

  /** Opens a browser of one's own at an address of the portal, and logs in as `subject` when it is given. */
  static async at(
    browser: Browser,
    origin: string,
    subject?: string,
    opens = '/',
    prepare?: (context: BrowserContext) => Promise<void>,
  ): Promise<Person> {
    const context = await browser.newContext({ locale: 'nl-NL', viewport: { width: 1440, height: 900 } });
    await prepare?.(context);
    const page = await context.newPage();
    page.setDefaultTimeout(120_000);
    const person = new Person(page, origin);
    if (subject === undefined) {
      person.watch();
      await page.goto(origin + opens);
    } else {
      await page.goto(`${origin}/auth/login?returnTo=${encodeURIComponent(opens)}`);
      await page.locator(`button[value="${subject}"]`).click();
      await page.waitForURL(origin + opens);
      // the page of the identity provider is not ours
      person.watch();
      await page.reload();
    }
    await page.locator('h1').waitFor();
    return person;
  }

  async go(address: string): Promise<void> {
    await this.page.goto(this.origin + address);
    await this.page.locator('h1').waitFor();
    await this.settled();
  }

  /** Waits until nothing is on its way. */
  async settled(): Promise<void> {
    await this.page.locator('.screens-loading').first().waitFor({ state: 'detached' });
    await this.page.evaluate(() => document.fonts.ready.then(() => undefined));
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
    this.interactions += keys.length;
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
    this.interactions += 1;
  }

  async choose(language: 'nl' | 'en'): Promise<void> {
    const chosen = await this.page.evaluate(() => document.documentElement.lang);
    if (chosen !== language)
      await this.page.getByRole('button', { name: language === 'en' ? 'English' : 'Nederlands' }).click();
    await this.settled();
  }

  /** Looks at the screen as it is: axe in both languages, sideways scrolling at 320 pixels, a picture of each width. @returns what is wrong */
  async look(name: string): Promise<string[]> {
    const found: string[] = [];
    mkdirSync(FOLDER, { recursive: true });
    await this.settled();
    for (const language of ['en', 'nl'] as const) {
      await this.choose(language);
      found.push(...(await this.violations()).map((violation) => `${name} (${language}): ${violation}`));
    }
    for (const width of [320, 1440]) {
      await this.page.setViewportSize({ width, height: 900 });
      const wide = await this.page.evaluate(() => document.documentElement.scrollWidth);
      if (wide > width) found.push(`${name}: ${wide} pixels wide at ${width}`);
      await this.page.screenshot({ path: path.join(FOLDER, `${name}-${width}.png`), fullPage: true });
    }
    return found;
  }

  close(): Promise<void> {
    return this.page.context().close();
  }

  private async violations(): Promise<string[]> {
    await this.page.evaluate(axe.source);
    return this.page.evaluate(async () => {
      const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(document, {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      });
      return violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
      );
    });
  }

  private watch(): void {
    this.page.on('request', (request) => {
      if (new URL(request.url()).origin !== this.origin) this.complaints.push(`asked ${request.url()}`);
    });
    this.page.on('console', (message) => {
      // a refused request is what some of these tests are about; the screen has to say it
      const refused = message.text().startsWith('Failed to load resource');
      if (['error', 'warning'].includes(message.type()) && !refused) this.complaints.push(message.text());
    });
    this.page.on('pageerror', (error) => this.complaints.push(error.message));
  }
}
