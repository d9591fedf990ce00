import {
  Api,
  Badge,
  DataTable,
  dayText,
  Empty,
  Loaded,
  LoadedList,
  momentText,
  Notice,
  PageTitle,
  Section,
  useLanguage,
  useLoaded,
  useTexts,
} from '#libs/screens';
import { useState } from 'react';
import { PeopleImport } from '../people-import/index.js';
import { PersonProposals } from '../person-proposals/index.js';
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
  lastErrorKind?: string;
  failure?: 'address-wrong' | 'refused-for-now' | 'server-fault';
}

/** `GET /mails/undelivered`. */
interface Mails {
  serverFault?: { code: string; lastAt: string; waiting: number };
  mails: Undelivered[];
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
  const mails = useLoaded(() => Api.get<Mails>('mails/undelivered'));
  const [entered, setEntered] = useState(0);
  const lookUps = useLoaded(() => Api.get<LookUps[]>('look-ups'));
  return (
    <>
      <PageTitle title={texts.title} lead={texts.lead} />
      <PersonProposals key={entered} />
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
        <Loaded state={mails}>{(loaded) => <UndeliveredMails {...loaded} />}</Loaded>
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
      <PeopleImport
        onEntered={() => {
          setEntered(entered + 1);
          void doubted.again();
        }}
      />
    </>
  );
}

/** Which mails wait or were given up, and what is wrong with the mail server. */
function UndeliveredMails({ mails, serverFault }: Mails) {
  const texts = useTexts(operator).directory;
  const { language } = useLanguage();
  if (mails.length === 0) return <Empty title={texts.noMails} />;
  const stateOf = ({ state, failure, attempts }: Undelivered) =>
    state === 'queued'
      ? texts.again(attempts)
      : failure === 'address-wrong'
        ? texts.addressWrong
        : texts.failed;
  return (
    <>
      {serverFault && (
        <Notice tone="warning" title={texts.serverFault(serverFault.waiting)}>
          <p>{texts.serverFaultHint}</p>
          <p>{texts.serverFaultMet(serverFault.code, momentText(serverFault.lastAt, language))}</p>
        </Notice>
      )}
      <DataTable
        caption={texts.mails}
        columns={[texts.to, texts.since, texts.state, texts.reply]}
        rows={mails.map((mail) => ({
          key: mail.id,
          cells: [
            mail.toAddress,
            momentText(mail.createdAt, language),
            stateOf(mail),
            mail.lastErrorKind ?? texts.noReply,
          ],
        }))}
      />
    </>
  );
}
