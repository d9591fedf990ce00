import {
  Api,
  Badge,
  DataTable,
  dayText,
  Link,
  LoadedList,
  PageTitle,
  today,
  useLanguage,
  useLoaded,
  useTexts,
} from '#libs/screens';
import { PeopleImport } from '../people-import/index.js';
import { PersonProposals } from '../person-proposals/index.js';
import type { Colleague } from './coordinator.types.js';
import { coordinator } from './texts.js';

/** The people of one's organisation: who may file, who is away, whose details are doubted. */
export function People() {
  const texts = useTexts(coordinator).people;
  const people = useLoaded(
    async () => (await Api.get<{ professionals: Colleague[] }>('professionals')).professionals,
  );
  return (
    <>
      <PageTitle title={texts.title} lead={texts.lead} />
      <PersonProposals onDone={() => void people.again()} />
      <div className="screens-after">
        <LoadedList state={people} none={texts.none} hint={<p>{texts.noneHint}</p>}>
          {(professionals) => (
            <DataTable
              caption={texts.title}
              columns={[texts.name, texts.function, texts.state]}
              rows={professionals.map((person) => ({
                key: person.id,
                cells: [
                  <Link key="name" to={`/medewerkers/${person.id}`} aria-label={texts.open(person.name)}>
                    {person.name}
                  </Link>,
                  person.function,
                  <State key="state" person={person} />,
                ],
              }))}
            />
          )}
        </LoadedList>
      </div>
      <PeopleImport onEntered={() => void people.again()} />
    </>
  );
}

function State({ person: { designated, absence, contact, unconfirmed } }: { person: Colleague }) {
  const texts = useTexts(coordinator).people;
  const { language } = useLanguage();
  return (
    <span className="screens-badges">
      <Badge tone={designated ? 'ok' : 'neutral'}>
        {designated ? texts.designated : texts.notDesignated}
      </Badge>
      {absence && (
        <Badge tone="warning">
          {texts.absent(dayText(absence.from, language), dayText(absence.until, language))}
        </Badge>
      )}
      {unconfirmed.length > 0 && <Badge tone="warning">{texts.waits}</Badge>}
      {contact.emailRefusedAt && <Badge tone="error">{texts.refused}</Badge>}
      {contact.waitsSince && <Badge tone="warning">{texts.first}</Badge>}
      {today() >= contact.confirmBefore && <Badge tone="warning">{texts.unconfirmed}</Badge>}
    </span>
  );
}
