import {
  Api,
  Badge,
  DataTable,
  dayText,
  LoadedList,
  momentText,
  PageTitle,
  Section,
  useLanguage,
  useLoaded,
  useTexts,
} from '#libs/screens';
import { PeopleImport } from '../people-import/index.js';
import { operator } from './texts.js';

interface Doubted {
  id: string;
  name: string;
  organisation: string;
  confirmBefore: string;
  emailRefusedAt?: string;
}

interface Undelivered {
  id: string;
  toAddress: string;
  state: 'queued' | 'failed';
  createdAt: string;
  attempts: number;
}

interface LookUps {
  professionalId: string;
  name: string;
  day: string;
  inVain: number;
  signals: number;
}

/** Whether people can be reached, who looks up without filing, and a way to enter more of them. */
export function Directory() {
  const texts = useTexts(operator).directory;
  const { language } = useLanguage();
  const doubted = useLoaded(
    async () => (await Api.get<{ contacts: Doubted[] }>('contacts/doubted')).contacts,
  );
  const mails = useLoaded(async () => (await Api.get<{ mails: Undelivered[] }>('mails/undelivered')).mails);
  const lookUps = useLoaded(() => Api.get<LookUps[]>('look-ups'));
  return (
    <>
      <PageTitle title={texts.title} lead={texts.lead} />
      <Section title={texts.doubted}>
        <LoadedList state={doubted} none={texts.noneDoubted}>
          {(contacts) => (
            <DataTable
              caption={texts.doubted}
              columns={[texts.name, texts.organisation, texts.why]}
              rows={contacts.map((person) => ({
                key: person.id,
                cells: [
                  person.name,
                  person.organisation,
                  <Badge key="why" tone={person.emailRefusedAt ? 'error' : 'warning'}>
                    {person.emailRefusedAt
                      ? texts.refused(momentText(person.emailRefusedAt, language))
                      : texts.unconfirmed(dayText(person.confirmBefore, language))}
                  </Badge>,
                ],
              }))}
            />
          )}
        </LoadedList>
      </Section>
      <Section title={texts.mails}>
        <LoadedList state={mails} none={texts.noMails}>
          {(undelivered) => (
            <DataTable
              caption={texts.mails}
              columns={[texts.to, texts.since, texts.state]}
              rows={undelivered.map((mail) => ({
                key: mail.id,
                cells: [
                  mail.toAddress,
                  momentText(mail.createdAt, language),
                  mail.state === 'failed' ? texts.failed : texts.again(mail.attempts),
                ],
              }))}
            />
          )}
        </LoadedList>
      </Section>
      <Section title={texts.lookUps}>
        <LoadedList state={lookUps} none={texts.noLookUps}>
          {(all) => (
            <DataTable
              caption={texts.lookUps}
              columns={[texts.name, texts.day, texts.inVain, texts.signals]}
              rows={all.map(({ professionalId, name, day, inVain, signals }) => ({
                key: `${professionalId} ${day}`,
                cells: [name, dayText(day, language), inVain, signals],
              }))}
            />
          )}
        </LoadedList>
      </Section>
      <PeopleImport onEntered={() => void doubted.again()} />
    </>
  );
}
