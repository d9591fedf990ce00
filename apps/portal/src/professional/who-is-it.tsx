import { Notice, PageTitle, Paragraph, useTexts } from '#libs/screens';
import { useSession } from '../session.js';
import type { YouthRequest } from './professional.types.js';
import { professional } from './texts.js';
import type { TypedYouth } from './typed-youth.js';
import { YouthForm } from './youth-form.js';

interface WhoIsItProps {
  typed: TypedYouth;
  onType: (changed: Partial<TypedYouth>) => void;
  /** A later step lost what it was about. */
  isLost: boolean;
  onSend: (youth: YouthRequest) => Promise<void>;
}

/** Asks whom a new signal is about, or says why somebody can file none. */
export function WhoIsIt({ typed, onType, isLost, onSend }: WhoIsItProps) {
  const texts = useTexts(professional).who;
  const { me } = useSession();
  if (!me.designated || !me.organisation.signatory)
    return (
      <>
        <PageTitle title={texts.title} />
        <Notice tone="info" title={texts.mayNot}>
          <Paragraph>{me.designated ? texts.notSignatory : texts.notDesignated}</Paragraph>
        </Notice>
      </>
    );
  return (
    <>
      <PageTitle title={texts.title} lead={texts.lead} quiet />
      {isLost && <Notice tone="info">{texts.lost}</Notice>}
      <YouthForm typed={typed} onType={onType} mayLackBsn onSend={onSend} />
    </>
  );
}
