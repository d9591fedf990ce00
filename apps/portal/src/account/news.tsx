import { Link, Notice, Paragraph, useTexts } from '#libs/screens';
import { useSession } from '../session.js';
import { account } from './texts.js';

/** Tells somebody after logging in that others changed their contact details, wherever they begin. */
export function News() {
  const texts = useTexts(account);
  const { me } = useSession();
  if (me.contactChanges.length === 0) return null;
  return (
    <Notice tone="warning" title={texts.news}>
      <Paragraph>{texts.newsDetail}</Paragraph>
      <Link to="/mijn-gegevens">{texts.newsLink}</Link>
    </Notice>
  );
}
