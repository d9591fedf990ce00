/**
 * The HTML part of a mail, made of its text: paragraphs and lines as they are, addresses of the own portal as links. No pictures, and nothing
 * that is fetched from elsewhere.
 * @param portal address of the region's own portal: nothing else becomes a link
 */
export function htmlOf(text: string, title: string, portal: string): string {
  const paragraphs = text
    .trim()
    .split(/\n{2,}/)
    .map(
      (paragraph) =>
        `<p style="margin:0 0 1em">${paragraph
          .split('\n')
          .map((line) => lineOf(line, portal))
          .join('<br>')}</p>`,
    );
  return [
    `<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>${escaped(title)}</title></head>`,
    `<body style="margin:0;padding:24px 16px;background:#fff;color:#1a1a1a;font:16px/1.5 Arial,sans-serif">`,
    `<div style="max-width:36em">`,
    ...paragraphs,
    `</div></body></html>`,
  ].join('\n');
}

function lineOf(line: string, portal: string): string {
  const [indent] = /^ */.exec(line)!;
  const html = escaped(line.slice(indent.length)).replace(
    linkTo(portal),
    (url) => `<a href="${url}">${url}</a>`,
  );
  return '&nbsp;'.repeat(indent.length) + html;
}

/** Matches an escaped address of the portal, with a path of letters, digits, hyphens and slashes. */
const linkTo = (portal: string): RegExp =>
  new RegExp(`${escaped(portal).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}[A-Za-z0-9/-]*`, 'g');

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
