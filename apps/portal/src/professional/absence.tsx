import { PageTitle, useTexts } from '#libs/screens';
import { AbsencePlanner } from '../absence/index.js';
import { useSession } from '../session.js';
import { professional } from './texts.js';

/** One's own absence: when, and who stands in. Not why. */
export function Absence() {
  const texts = useTexts(professional).absence;
  const { me, again } = useSession();
  return (
    <>
      <PageTitle title={texts.title} lead={texts.lead} />
      <AbsencePlanner person={me} onChanged={() => void again()} />
    </>
  );
}
