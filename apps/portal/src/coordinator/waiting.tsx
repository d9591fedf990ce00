import {
  Api,
  DataTable,
  Link,
  LoadedList,
  momentText,
  PageTitle,
  useLanguage,
  useLoaded,
  useTexts,
} from '#libs/screens';
import type { WaitingMatches } from './coordinator.types.js';
import { coordinator } from './texts.js';

/** Whose matches wait for contact, in numbers, so that somebody can stand in. */
export function Waiting() {
  const texts = useTexts(coordinator).waiting;
  const { language } = useLanguage();
  const waiting = useLoaded(() => Api.get<WaitingMatches[]>('waiting-matches'));
  return (
    <>
      <PageTitle title={texts.title} lead={texts.lead} />
      <LoadedList state={waiting} none={texts.none} hint={<p>{texts.noneHint}</p>}>
        {(people) => (
          <DataTable
            caption={texts.title}
            columns={[texts.name, texts.matches, texts.since, texts.what]}
            rows={people.map(({ professionalId, name, matches, since }) => ({
              key: professionalId,
              cells: [
                name,
                matches,
                momentText(since, language),
                <Link key="arrange" to={`/medewerkers/${professionalId}`}>
                  {texts.arrange(name)}
                </Link>,
              ],
            }))}
          />
        )}
      </LoadedList>
    </>
  );
}
