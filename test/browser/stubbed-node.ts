import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { BrowserContext, Route } from 'playwright-core';
import { PROJECT_ROOT } from '../../deploy/local/project-root.js';

const SCREENS = path.join(PROJECT_ROOT, 'dist/apps/portal');
const TYPES: Record<string, string> = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};
export const ORIGIN = 'http://portal.example';

const ANNA = {
  id: 'anna',
  name: 'Anna de Wit',
  function: 'Leerkracht',
  phone: '030-000 00 01',
  email: 'anna.de.wit@utrecht.voorbeeld.example',
  contact: { confirmedOn: '2026-11-01', confirmBefore: '2027-11-01' },
  contactChanges: [],
  roles: ['professional'],
  others: [],
  designated: true,
  organisation: { id: 'linde', name: 'Basisschool De Linde', signatory: true, mayUseBsn: true },
  covenant: 'Verwijsindex Voorbeeld',
};
const HANNA = {
  name: 'Hanna Smit',
  function: 'Wijkteammedewerker',
  organisation: 'Buurtteam Lombok',
  phone: '030-000 00 07',
  email: 'hanna.smit@utrecht.voorbeeld.example',
};
export const YOUTH = { name: 'Sanne Voorbeeld', birthDate: '2012-03-14' };

interface Signal {
  id: string;
  number: string;
  filedAt: string;
  removalDate: string;
  sharesAt?: string;
  waitsForYou?: true;
}

/** The API of a node as far as these screens ask it, answered in the browser: for what takes a running node too long, or cannot be made to happen. */
export class StubbedNode {
  /** Who is logged in; undefined: nobody. */
  person: string | undefined = 'anna';
  readonly signals: Signal[] = [];
  /** Whether who is logged in said that Hanna, of another region, is themselves. */
  isThemselves = false;
  /** What was sent, as `POST signals`, with the body. */
  readonly sent: { what: string; body: unknown }[] = [];
  /** What happens just before a request is answered, by what it is, as `POST signals`. */
  readonly meanwhile: Record<string, () => void> = {};

  /** @param holdSeconds how long nobody knows of a new signal; 0: it is shared at once */
  constructor(readonly holdSeconds = 0) {}

  /** Answers everything that a browser asks of `ORIGIN`. */
  serve = async (context: BrowserContext): Promise<void> => {
    await context.route(`${ORIGIN}/**`, (route) => this.answer(route));
  };

  add(change: Partial<Signal> = {}): Signal {
    const n = this.signals.length + 1;
    const signal = {
      ...{ id: `signal-${n}`, number: `MN-2026-00000${n}` },
      ...{ filedAt: new Date().toISOString(), removalDate: '2028-11-24', ...change },
    };
    this.signals.push(signal);
    return signal;
  }

  private async answer(route: Route): Promise<void> {
    const { pathname } = new URL(route.request().url());
    const api = /^\/api\/v1\/(.*)$/.exec(pathname)?.[1];
    if (api === undefined) return file(route, pathname);
    if (this.person === undefined && api !== 'region') return problem(route, 401, 'not-logged-in');
    const method = route.request().method();
    const what = `${method} ${api}`;
    this.meanwhile[what]?.();
    if (method === 'POST') this.sent.push({ what, body: route.request().postDataJSON() });
    const [, id, doing] = /^signals\/(signal-\d+)(?:\/(\w+))?$/.exec(api) ?? [];
    if (id !== undefined) return this.aboutSignal(route, id, doing);
    const says = /^POST matches\/pair-signal-\d+\/_that-is-(not-)?me$/.exec(what);
    if (says) {
      this.isThemselves = says[1] === undefined;
      return route.fulfill({ status: 204 });
    }
    const known = this.known()[what];
    return known ? json(route, known()) : problem(route, 404, 'not-found');
  }

  private known(): Record<string, () => unknown> {
    return {
      'GET region': () => ({ name: 'Verwijsindex Voorbeeld', colour: '#0b5c6b', logo: false }),
      'GET me': () => ({ ...ANNA, id: this.person }),
      'GET municipalities': () => ({ municipalities: [] }),
      'POST signals/_preview': () => ({
        youth: YOUTH,
        othersWillSee: { ...ANNA, organisation: ANNA.organisation.name },
        ...{ informWhom: 'youth', removalDate: '2028-11-24' },
      }),
      'POST signals': () => {
        const held = { sharesAt: new Date(Date.now() + this.holdSeconds * 1000).toISOString() };
        return this.add(this.holdSeconds > 0 ? held : {});
      },
      'GET signals': () => ({ signals: this.signals.map((signal) => ({ ...signal, youth: YOUTH })) }),
      'GET matches/version': () => ({ version: JSON.stringify(this.shared().map(({ id }) => id)) }),
      'GET matches': () =>
        this.shared().map(({ id, number }) => ({
          ...{ signalId: id, signalNumber: number, matchregisseur: null, youLead: false, possible: [] },
          ...(this.isThemselves
            ? { yourself: [{ ...HANNA, id: `pair-${id}`, region: 'Verwijsindex Elders' }], involved: [] }
            : {
                yourself: [],
                involved: [
                  {
                    ...{ ...HANNA, id: `pair-${id}`, kind: 'same-youth', region: 'Verwijsindex Elders' },
                    ...{ contactMadeByYou: false, contactMadeByThem: false, mayBeYou: true },
                  },
                ],
              }),
        })),
    };
  }

  private shared(): Signal[] {
    return this.signals.filter((signal) => !isHeld(signal));
  }

  private aboutSignal(route: Route, id: string, doing: string | undefined): Promise<void> {
    const signal = this.signals.find((one) => one.id === id);
    if (!signal) return problem(route, 404, 'not-found');
    if (doing === undefined) return json(route, { ...withoutPast(signal), youth: YOUTH });
    if (doing === '_share') {
      delete signal.sharesAt;
      delete signal.waitsForYou;
    } else if (doing === '_end') {
      const { reason } = route.request().postDataJSON() as { reason: string };
      if (reason === 'undone' && !isHeld(signal)) return problem(route, 409, 'too-late-to-undo');
      this.signals.splice(this.signals.indexOf(signal), 1);
    }
    return route.fulfill({ status: 204 });
  }
}

const isHeld = ({ sharesAt, waitsForYou }: Signal): boolean =>
  waitsForYou === true || (sharesAt !== undefined && Date.parse(sharesAt) > Date.now());

const withoutPast = ({ sharesAt, ...signal }: Signal): Signal =>
  sharesAt !== undefined && isHeld({ ...signal, sharesAt }) ? { ...signal, sharesAt } : signal;

function file(route: Route, pathname: string): Promise<void> {
  const name = path.extname(pathname) === '' ? 'index.html' : pathname;
  return route.fulfill({
    body: readFileSync(path.join(SCREENS, name)),
    contentType: TYPES[path.extname(name)] ?? 'application/octet-stream',
  });
}

const json = (route: Route, body: unknown): Promise<void> =>
  route.fulfill({ contentType: 'application/json', body: JSON.stringify(body) });

const problem = (route: Route, status: number, code: string): Promise<void> =>
  route.fulfill({
    ...{ status, contentType: 'application/problem+json' },
    body: JSON.stringify({ code, status, title: 'Nederlandse titel', detail: 'Nederlandse tekst' }),
  });
