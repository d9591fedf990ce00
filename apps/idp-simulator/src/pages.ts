import { createHash } from 'node:crypto';
import type { Account } from './demo-data.js';

const STYLE = `
  :root { color-scheme: light; }
  body { margin: 0; font: 1.0625rem/1.5 system-ui, sans-serif; color: #1b1b1b; background: #f3f3f3; }
  main { max-width: 44rem; margin: 0 auto; padding: 1.5rem; background: #fff; min-height: 100vh; box-sizing: border-box; }
  h1 { font-size: 1.75rem; line-height: 1.2; } h2 { font-size: 1.25rem; margin: 2rem 0 .5rem; }
  .notice { border-left: .375rem solid #936700; background: #fff6de; padding: .75rem 1rem; }
  .error { border-left: .375rem solid #b4151f; background: #fdecee; padding: .75rem 1rem; }
  ul { list-style: none; margin: 0; padding: 0; } li { margin: .5rem 0; }
  .account { width: 100%; text-align: left; border: 1px solid #5c6670; background: #fff; }
  .account, .button { font: inherit; color: inherit; border-radius: .25rem; padding: .625rem 1rem; }
  .account span { display: block; color: #4a4a4a; font-size: .9375rem; }
  button { cursor: pointer; } button.account:hover { background: #e8f0f8; border-color: #154273; }
  .button { border: 2px solid #154273; background: #154273; color: #fff; margin: 0 .5rem .5rem 0; }
  .button.second { background: #fff; color: #154273; }
  :focus-visible { outline: .1875rem solid #1b1b1b; outline-offset: .125rem; box-shadow: 0 0 0 .125rem #fff; }
`;

/** Source expression for the one style sheet in the pages, for the content security policy. */
export const STYLE_SOURCE = `'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`;

/** Where someone who logs in chooses an account; posts `subject`. */
export const choicePage = (accounts: readonly Account[], action: string, error?: string): string =>
  page(
    'Kies een demo-account',
    `${error ? `<p class="error" role="alert">${escape(error)}</p>` : ''}
    <form method="post" action="${escape(action)}">${byRegion(
      accounts,
      (account) =>
        `<button class="account" type="submit" name="subject" value="${escape(account.subject)}">${description(account)}</button>`,
    )}</form>`,
  );

/** All accounts, for someone who comes by without an app. */
export const accountsPage = (accounts: readonly Account[]): string =>
  page(
    'Demo-accounts',
    `<p>Open een van de applicaties en kies daar ‘Inloggen’. Deze accounts zijn er:</p>
    ${byRegion(accounts, (account) => `<div class="account">${description(account)}</div>`)}`,
  );

/** Asks whether to log out here as well. `form` is the provider's own, with the id `op.logoutForm`. */
export const logoutPage = (form: string): string =>
  page(
    'Uitloggen',
    `<p>Wilt u ook bij het demo-inlogscherm uitloggen? Daarna kunt u een ander account kiezen.</p>
    ${form}
    <p><button class="button" type="submit" form="op.logoutForm" name="logout" value="yes">Uitloggen</button>
    <button class="button second" type="submit" form="op.logoutForm">Ingelogd blijven</button></p>`,
  );

export const loggedOutPage = (): string => page('Uitgelogd', '<p>U bent uitgelogd.</p>');

/** Something went wrong. `code` is an error code of OAuth, never a text from the request. */
export const errorPage = (code: string): string =>
  page(
    'Inloggen is niet gelukt',
    `<p class="error" role="alert">Ga terug naar de applicatie en begin opnieuw met inloggen.</p>
    <p>Code: <code>${escape(code)}</code></p>`,
  );

const description = ({ name, roles, email }: Account): string =>
  `<strong>${escape(name)}</strong><span>${escape([...roles, email].join(' · '))}</span>`;

function byRegion(accounts: readonly Account[], item: (account: Account) => string): string {
  const regions = [...new Set(accounts.map(({ region }) => region))];
  return regions
    .map((region) => {
      const items = accounts
        .filter((account) => account.region === region)
        .map((account) => `<li>${item(account)}</li>`);
      return `<section><h2>${escape(region ?? 'Landelijk')}</h2><ul>${items.join('')}</ul></section>`;
    })
    .join('');
}

const page = (title: string, content: string): string => `<!doctype html>
<html lang="nl">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – demo-inloggen</title>
<style>${STYLE}</style>
</head>
<body><main>
<h1>${title}</h1>
<p class="notice"><strong>Dit is een demo.</strong> Alle personen zijn verzonnen en er is geen wachtwoord nodig. Vul hier nooit echte gegevens in.</p>
${content}
</main></body>
</html>
`;

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);
