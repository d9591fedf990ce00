import { ButtonGroup, dayText, Link, Notice, Paragraph, useLanguage, useTexts } from '#libs/screens';
import type { ReactNode } from 'react';
import type { Preview } from './professional.types.js';
import { mayRenewNow } from './renewal.js';
import { professional } from './texts.js';

/** One's own signal on the youth, instead of a way to file a second one. */
export function Existing({
  signal,
  children,
}: {
  signal: NonNullable<Preview['existing']>;
  children: ReactNode;
}) {
  const { existing: texts, own } = useTexts(professional);
  const { language } = useLanguage();
  const { id, number, removalDate } = signal;
  return (
    <>
      <Notice tone="info" title={texts.title}>
        <Paragraph>{texts.detail(number, dayText(removalDate, language))}</Paragraph>
      </Notice>
      <ButtonGroup className="screens-after">
        <Link to={`/signalen/${id}`} look="button">
          {texts.view}
        </Link>
        {mayRenewNow(removalDate) && (
          <Link to={`/signalen/${id}/verlengen`} look="subtle">
            {own.renew}
          </Link>
        )}
        {children}
      </ButtonGroup>
    </>
  );
}
