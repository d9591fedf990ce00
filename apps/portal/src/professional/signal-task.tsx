import {
  Api,
  ButtonGroup,
  Link,
  Loading,
  Notice,
  PageTitle,
  Paragraph,
  ProblemNotice,
  useLoaded,
  useTexts,
  type LoadedState,
} from '#libs/screens';
import type { ReactNode } from 'react';
import type { OwnSignal } from './professional.types.js';
import { professional } from './texts.js';

/** Reads one of the professional's own signals, with the youth. */
export const useOwnSignal = (id: string): LoadedState<OwnSignal> =>
  useLoaded(() => Api.get<OwnSignal>(`signals/${id}?expand=youth`));

/** Shows something about one of one's own signals, or that it is there no more. */
export function SignalTask({ id, children }: { id: string; children: (signal: OwnSignal) => ReactNode }) {
  const { data, problem, again } = useOwnSignal(id);
  if (problem?.status === 404) return <Gone />;
  if (problem) return <ProblemNotice problem={problem} onRetry={() => void again()} />;
  return data ? children(data) : <Loading />;
}

/** A signal that is not there, or not any more: it ended, was renewed under another number, or is somebody else's. */
export function Gone() {
  const texts = useTexts(professional);
  return (
    <>
      <PageTitle title={texts.gone.title} lead={texts.gone.detail} />
      <Link to="/signalen">{texts.own.back}</Link>
    </>
  );
}

interface DoneProps {
  title: string;
  windowTitle?: string | undefined;
  text: string;
  children?: ReactNode;
}

/** What came of something that was done with a signal. */
export function Done({ title, windowTitle, text, children }: DoneProps) {
  const texts = useTexts(professional);
  return (
    <>
      <PageTitle title={title} windowTitle={windowTitle} />
      <Notice tone="ok">
        <Paragraph>{text}</Paragraph>
      </Notice>
      <ButtonGroup className="screens-after">
        <Link to="/signalen">{texts.own.back}</Link>
        {children}
      </ButtonGroup>
    </>
  );
}

/** The name of the youth with the number of the signal, or the number alone. */
export const namedSignal = ({ youth, number }: Pick<OwnSignal, 'youth' | 'number'>): string =>
  youth ? `${youth.name} (${number})` : number;
