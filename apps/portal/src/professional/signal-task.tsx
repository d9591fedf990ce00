import { Api, Link, Loaded, Notice, PageTitle, Paragraph, useLoaded, useTexts } from '#libs/screens';
import type { ReactNode } from 'react';
import type { OwnSignal } from './professional.types.js';
import { professional } from './texts.js';

interface SignalTaskProps {
  id: string;
  /** What came of it, once it is done. */
  done: { title: string; text: string } | undefined;
  children: (signal: OwnSignal) => ReactNode;
}

/** Something that is done with one of one's own signals, and then what came of it. */
export function SignalTask({ id, done, children }: SignalTaskProps) {
  const texts = useTexts(professional).own;
  const signal = useLoaded(() => Api.get<OwnSignal>(`signals/${id}`));
  if (!done) return <Loaded state={signal}>{children}</Loaded>;
  return (
    <>
      <PageTitle title={done.title} />
      <Notice tone="ok">
        <Paragraph>{done.text}</Paragraph>
      </Notice>
      <Link to="/signalen">{texts.back}</Link>
    </>
  );
}
