import { Api, Notice, PageTitle, Paragraph, useTexts } from '#libs/screens';
import { useSession } from '../session.js';
import type { Preview, YouthRequest } from './professional.types.js';
import { professional } from './texts.js';
import { YouthForm } from './youth-form.js';

interface WhoIsItProps {
  /** What was typed before, when somebody comes back. */
  before: YouthRequest | undefined;
  onFound: (youth: YouthRequest, preview: Preview) => void;
}

/** Asks whom a new signal is about, or says why somebody can file none. */
export function WhoIsIt({ before, onFound }: WhoIsItProps) {
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
      <YouthForm
        before={before}
        mayLackBsn
        onSend={async (youth) => onFound(youth, await Api.post<Preview>('signals/_preview', { youth }))}
      />
    </>
  );
}
