import { createHash } from 'node:crypto';
import type { Mail } from './mailbox.js';

const STYLE = `
  :root { color-scheme: light; }
  body { margin: 0; font: 1rem/1.5 system-ui, sans-serif; color: #1b1b1b; background: #fff; }
  main { max-width: 60rem; margin: 0 auto; padding: 1.5rem; }
  table { width: 100%; border-collapse: collapse; } caption { text-align: left; padding: .5rem 0; }
  th, td { text-align: left; vertical-align: top; padding: .5rem; border-bottom: 1px solid #8a939c; overflow-wrap: anywhere; }
  dt { font-weight: bold; } dd { margin: 0 0 .5rem; overflow-wrap: anywhere; }
  pre { font: inherit; white-space: pre-wrap; overflow-wrap: anywhere; border: 1px solid #8a939c; padding: 1rem; }
  label { display: block; font-weight: bold; }
  input, button { font: inherit; padding: .375rem .75rem; border: 2px solid #154273; border-radius: .25rem; max-width: 100%; }
  button { background: #154273; color: #fff; cursor: pointer; } a { color: #154273; }
  :focus-visible { outline: .1875rem solid #1b1b1b; outline-offset: .125rem; }
`;

/** The pages run no script and load nothing; the one style sheet is known by its hash. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The list of mails. Renews itself every five seconds only if asked, since that disturbs people with a screen reader. */
export function listPage(mails: readonly Mail[], to: string | undefined, renewing: boolean): string {
  const query = (renew: boolean): string =>
    escape(
      `/?${new URLSearchParams({ ...(to ? { to } : {}), ...(renew ? { renew: '1' } : {}) }).toString()}`,
    );
  const rows = mails.map(
    (mail) => `<tr>
<td>${time(mail)}</td>
<td>${escape(mail.to.join(', '))}</td>
<td><a href="/mails/${escape(mail.id)}">${escape(mail.subject || '(geen onderwerp)')}</a></td>
</tr>`,
  );
  return page(
    'Opgevangen e-mail',
    `<p>Alle e-mail van de demo komt hier aan en gaat nergens anders heen.</p>
<form method="get" action="/">
<label for="to">Alleen aan dit e-mailadres</label>
<input id="to" name="to" type="email" value="${escape(to ?? '')}">
<button type="submit">Toon</button>
</form>
<p><a href="${query(false)}">Vernieuwen</a> · ${
      renewing
        ? `<a href="${query(false)}">Niet meer vanzelf vernieuwen</a>`
        : `<a href="${query(true)}">Elke vijf seconden vanzelf vernieuwen</a>`
    }</p>
${
  mails.length === 0
    ? '<p>Er is geen e-mail.</p>'
    : `<table>
<caption>${mails.length === 1 ? '1 bericht' : `${mails.length} berichten`}, nieuwste eerst</caption>
<thead><tr><th scope="col">Datum</th><th scope="col">Aan</th><th scope="col">Onderwerp</th></tr></thead>
<tbody>${rows.join('')}</tbody>
</table>`
}`,
    renewing ? '<meta http-equiv="refresh" content="5">' : '',
  );
}

export const mailPage = (mail: Mail): string =>
  page(
    mail.subject || '(geen onderwerp)',
    `<p><a href="/">Alle e-mail</a> · <a href="/api/mails/${escape(mail.id)}/source">Bron</a></p>
<dl>
<dt>Datum</dt><dd>${time(mail)}</dd>
<dt>Van</dt><dd>${escape(mail.from)}</dd>
<dt>Aan</dt><dd>${escape(mail.to.join(', '))}</dd>
</dl>
<pre>${withLinks(mail.text)}</pre>`,
  );

export const notFoundPage = (): string =>
  page('Niet gevonden', '<p>Deze pagina bestaat niet. <a href="/">Alle e-mail</a></p>');

const page = (title: string, content: string, head = ''): string => `<!doctype html>
<html lang="nl">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">${head}
<title>${escape(title)} – opgevangen e-mail</title>
<style>${STYLE}</style>
</head>
<body><main>
<h1>${escape(title)}</h1>
${content}
</main></body>
</html>
`;

const DATE = new Intl.DateTimeFormat('nl-NL', {
  dateStyle: 'medium',
  timeStyle: 'short',
  timeZone: 'Europe/Amsterdam',
});

const time = ({ date }: Mail): string =>
  `<time datetime="${escape(date)}">${escape(DATE.format(new Date(date)))}</time>`;

/** Escapes a text and turns its web addresses into links. */
const withLinks = (text: string): string =>
  text
    .split(/(https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)])/)
    .map((part, index) =>
      index % 2 === 1 ? `<a href="${escape(part)}" rel="noreferrer">${escape(part)}</a>` : escape(part),
    )
    .join('');

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);
