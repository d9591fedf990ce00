import {
  Api,
  Badge,
  Button,
  DataTable,
  dayText,
  Empty,
  Loaded,
  LoadedList,
  momentText,
  Notice,
  PageTitle,
  ProblemNotice,
  Section,
  useFormState,
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

/** Somebody on `GET /look-ups`, with the numbers of thirty days. */
interface PersonToReview {
  professionalId: string;
  name: string;
  organisations: string[];
  inVain: number;
  refused: number;
  filed: number;
  ended: number;
  undone: number;
  endsTooOften: boolean;
  raisedUntil?: string;
  mayRaise: boolean;
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
  const lookUps = useLoaded(() => Api.get<PersonToReview[]>('look-ups'));
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
        <p>{texts.lookUpsLead}</p>
        <LoadedList state={lookUps} none={texts.noLookUps}>
          {(all) => <LookUps of={all} onRaised={() => void lookUps.again()} />}
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

/** Who looks up, undoes or ends more than others do; the operator lets them file more where no coordinator can. */
function LookUps({ of, onRaised }: { of: readonly PersonToReview[]; onRaised: () => void }) {
  const texts = useTexts(operator).directory;
  const { language } = useLanguage();
  const state = useFormState();
  const raise = (id: string) =>
    void state.send(async () => {
      await Api.post(`professionals/${id}/_raise-filing-limit`);
      onRaised();
    });
  const numbersOf = ({ inVain, filed, ended, undone, refused }: PersonToReview) =>
    [
      texts.inVain(inVain),
      texts.filed(filed),
      ...(ended > 0 ? [texts.ended(ended, undone)] : []),
      ...(refused > 0 ? [texts.refusedTimes(refused)] : []),
    ].join(', ');
  return (
    <>
      {state.problem && <ProblemNotice problem={state.problem} />}
      <DataTable
        caption={texts.lookUps}
        columns={[texts.name, texts.organisation, texts.thirtyDays, texts.limit]}
        rows={of.map((person) => ({
          key: person.professionalId,
          cells: [
            person.name,
            person.organisations.join(', '),
            <span key="numbers" className="screens-badges">
              <span>{numbersOf(person)}</span>
              {person.endsTooOften && <Badge tone="warning">{texts.endsTooOften}</Badge>}
            </span>,
            <span key="limit" className="screens-badges">
              {person.raisedUntil && (
                <Badge tone="neutral">{texts.raisedUntil(momentText(person.raisedUntil, language))}</Badge>
              )}
              {person.mayRaise && (
                <Button
                  appearance="secondary-action-button"
                  disabled={state.sending}
                  onClick={() => raise(person.professionalId)}
                  aria-label={texts.raiseOne(person.name)}
                >
                  {texts.raise}
                </Button>
              )}
            </span>,
          ],
        }))}
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
