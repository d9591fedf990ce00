import { DataTable, dayText, momentText, Paragraph, Section, useLanguage, useTexts } from '#libs/screens';
import { subjectAccess } from './texts.js';

export interface Filer {
  number: string;
  name: string;
  function: string;
  organisation: string;
  filedAt: string;
}

/** What is kept of a youth, as the node tells it. */
export interface Kept {
  signals: (Filer & { removalDate: string })[];
  archived: (Filer & { endedAt: string; destroyOn: string })[];
}

const who = ({ name, function: function_, organisation }: Filer) => `${name}, ${function_}, ${organisation}`;

export function SignalsTable({ title, signals }: { title: string; signals: Kept['signals'] }) {
  const texts = useTexts(subjectAccess);
  const { language } = useLanguage();
  if (signals.length === 0) return null;
  return (
    <Section title={title}>
      <DataTable
        caption={texts.table(title)}
        columns={[texts.number, texts.who, texts.filed, texts.removal]}
        rows={signals.map((signal) => ({
          key: signal.number,
          cells: [
            signal.number,
            who(signal),
            momentText(signal.filedAt, language),
            dayText(signal.removalDate, language),
          ],
        }))}
      />
    </Section>
  );
}

export function ArchiveTable({ title, archived }: { title: string; archived: Kept['archived'] }) {
  const texts = useTexts(subjectAccess);
  const { language } = useLanguage();
  if (archived.length === 0) return null;
  return (
    <Section title={title}>
      <Paragraph>{texts.archivedHint}</Paragraph>
      <DataTable
        caption={texts.table(title)}
        columns={[texts.number, texts.who, texts.ended, texts.destroyed]}
        rows={archived.map((signal) => ({
          key: signal.number,
          cells: [
            signal.number,
            who(signal),
            momentText(signal.endedAt, language),
            dayText(signal.destroyOn, language),
          ],
        }))}
      />
    </Section>
  );
}
