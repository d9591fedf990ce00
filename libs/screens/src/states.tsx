import { Alert, Button, ButtonGroup, DataBadge, Heading2, Paragraph } from '@utrecht/component-library-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { Api } from './api.js';
import { useLanguage, useTexts } from './language.js';
import type { ProblemDocument } from './problem.js';
import { reasonIn } from './reasons.js';
import { shared } from './texts.js';

/** Something is on its way; said aloud after a moment only, since most answers are there at once. */
export function Loading() {
  return (
    <p className="screens-loading" role="status">
      {useTexts(shared).loading}
    </p>
  );
}

/** There is nothing, and why that is or what to do about it. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="screens-empty">
      <Paragraph className="screens-empty__title">{title}</Paragraph>
      {children}
    </div>
  );
}

type Tone = 'info' | 'ok' | 'warning' | 'error';

/** Something that somebody should read now. */
export function Notice({ tone, title, children }: { tone: Tone; title?: string; children?: ReactNode }) {
  return (
    <Alert type={tone} role={tone === 'error' ? 'alert' : 'status'}>
      {title !== undefined && <p className="screens-notice-title">{title}</p>}
      {children}
    </Alert>
  );
}

interface ProblemNoticeProps {
  problem: ProblemDocument;
  onRetry?: () => void;
  /** Whether something was typed that is still there. */
  kept?: boolean;
}

/** What went wrong, what was kept, and what to do next. It takes the focus, so that nobody misses it. */
export function ProblemNotice({ problem, onRetry, kept = false }: ProblemNoticeProps) {
  const texts = useTexts(shared);
  const { language } = useLanguage();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.focus(), [problem]);
  const own = texts.problems[problem.code];
  const { title } = own ?? problem;
  // what an API says of this very case is more than what its kind of problem says
  const special = reasonIn('en', problem.detail) !== undefined;
  const detail = special ? reasonIn(language, problem.detail) : (own ?? problem).detail;
  const loggedOut = problem.status === 401;
  return (
    <div ref={place} tabIndex={-1} className="screens-problem">
      <Alert type="error" role="alert" lang={own ? language : 'nl'}>
        <p className="screens-notice-title">{title}</p>
        <Paragraph>
          {detail} {kept && <span lang={language}>{texts.kept}</span>}
        </Paragraph>
        {(loggedOut || onRetry) && (
          <ButtonGroup lang={language}>
            {loggedOut && (
              <a
                className="utrecht-link utrecht-link--html-a"
                href={Api.loginUrl()}
                // in a tab of its own, since what was typed lives in this one
                {...(kept ? { target: '_blank', rel: 'noopener' } : {})}
              >
                {texts.logInAgain}
              </a>
            )}
            {!loggedOut && onRetry && (
              <Button appearance="secondary-action-button" onClick={onRetry}>
                {texts.retry}
              </Button>
            )}
          </ButtonGroup>
        )}
      </Alert>
    </div>
  );
}

/** A word that tells the state of something, by more than its colour. */
export function Badge({ tone = 'info', children }: { tone?: Tone | 'neutral'; children: ReactNode }) {
  return <DataBadge className={`screens-badge screens-badge--${tone}`}>{children}</DataBadge>;
}

interface CardProps {
  title: ReactNode;
  /** Beside the title: a badge, for instance. */
  aside?: ReactNode;
  children: ReactNode;
  className?: string;
}

/** One thing of a list, with its own heading. */
export function Card({ title, aside, children, className = '' }: CardProps) {
  return (
    <article className={`screens-card ${className}`.trim()}>
      <header className="screens-card__header">
        <Heading2 className="screens-card__title">{title}</Heading2>
        {aside}
      </header>
      {children}
    </article>
  );
}
