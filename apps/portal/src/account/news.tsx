import { Link, Notice, Paragraph, useTexts } from '#libs/screens';
import { useSession } from '../session.js';
import { account } from './texts.js';

/** Tells somebody after logging in that others entered or changed their contact details, wherever they begin. */
export function News() {
  const texts = useTexts(account);
  const { me } = useSession();
  const isNew = me.contact.waitsSince !== undefined;
  if (!isNew && me.contactChanges.length === 0) return null;
  return (
    <Notice tone="warning" title={isNew ? texts.first : texts.news}>
      <Paragraph>{isNew ? texts.firstDetail : texts.newsDetail}</Paragraph>
      <Link to="/mijn-gegevens">{isNew ? texts.firstLink : texts.newsLink}</Link>
    </Notice>
  );
}
