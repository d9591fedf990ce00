import {
  Api,
  Badge,
  DataTable,
  Empty,
  Facts,
  Loaded,
  momentText,
  Notice,
  PageTitle,
  Section,
  useLanguage,
  useLoaded,
  useTexts,
} from '#libs/screens';
import { PersonRegisterLink } from './person-register.js';
import { operator } from './texts.js';

/** `GET /federation`, as far as it is shown. */
interface Federation {
  hubConnected: boolean;
  registerVersion: number | null;
  registerRefused: string | null;
  failingSince: string | null;
  lastHeardAt: string | null;
  queued: number;
  oldestQueuedSeconds: number;
  held: number;
  awaitingSecret: number;
  matches: number;
  unansweredNotices: number;
  unopenableCards: number;
  rejectedMessages: number;
  recovering: boolean;
  lostPersons: number;
  letters: { waiting: number };
  probes: { region: string; name: string; lastMatchAt?: string; overdue: boolean }[];
  setAside: {
    kind: 'message' | 'card' | 'letter' | 'archive-answer';
    className: string;
    fields: string;
    since: string;
  }[];
  cardRepairs: { peerRegion: string; name: string; ended: number; sentAgain: number }[];
}

/** How the link to other regions is: what waits, what was heard last, and what is wrong. */
export function FederationLink() {
  const texts = useTexts(operator).link;
  const { language } = useLanguage();
  const link = useLoaded(() => Api.get<Federation>('federation'));
  return (
    <>
      <PageTitle title={texts.title} lead={texts.lead} />
      <Loaded state={link}>
        {(now) => {
          const alarms = alarmsOf(now);
          return (
            <>
              <Notice
                tone={now.hubConnected ? 'ok' : 'warning'}
                title={now.hubConnected ? texts.up : texts.down}
              >
                {!now.hubConnected && <p>{texts.downHint}</p>}
              </Notice>
              <Facts
                of={[
                  [texts.queued, now.queued],
                  [texts.oldest, now.queued > 0 ? texts.seconds(now.oldestQueuedSeconds) : texts.nothing],
                  [texts.held, now.held],
                  [texts.heard, now.lastHeardAt ? momentText(now.lastHeardAt, language) : texts.never],
                  [texts.register, now.registerVersion ?? texts.never],
                  [texts.matches, now.matches],
                  [texts.letters, now.letters.waiting],
                ]}
              />
              {now.recovering && (
                <Notice tone="warning" title={texts.recovering}>
                  <p>{texts.recoveringHint}</p>
                </Notice>
              )}
              {now.registerRefused !== null && (
                <Notice tone="error" title={texts.registerRefused}>
                  <p>{texts.registerRefusedHint}</p>
                  <p>
                    <code>{now.registerRefused}</code>
                  </p>
                </Notice>
              )}
              <Section title={texts.alarms}>
                {alarms.length === 0 ? (
                  <Empty title={texts.noAlarms} />
                ) : (
                  <DataTable
                    caption={texts.alarms}
                    columns={[texts.alarm, texts.number]}
                    rows={alarms.map(([name, number]) => ({
                      key: name,
                      cells: [
                        texts.alarmNames[name],
                        <Badge key="number" tone="error">
                          {number}
                        </Badge>,
                      ],
                    }))}
                  />
                )}
              </Section>
              <SetAside now={now} />
              <Regions now={now} />
              <PersonRegisterLink />
            </>
          );
        }}
      </Loaded>
    </>
  );
}

/** What this index made and its receiver would refuse: a mistake in the software, by class and field. */
function SetAside({ now }: { now: Federation }) {
  const texts = useTexts(operator).link;
  const { language } = useLanguage();
  if (now.setAside.length === 0) return null;
  return (
    <Section title={texts.setAside}>
      <Notice tone="warning" title={texts.setAsideTitle}>
        <p>{texts.setAsideHint}</p>
      </Notice>
      <DataTable
        caption={texts.setAside}
        columns={[texts.what, texts.fields, texts.since]}
        rows={now.setAside.map(({ kind, className, fields, since }, at) => ({
          key: String(at),
          cells: [
            texts.kinds[kind],
            <code key="fields">{`${className}: ${fields}`}</code>,
            momentText(since, language),
          ],
        }))}
      />
    </Section>
  );
}

/** Whether matches really flow to and from each region, and what had to be said again. */
function Regions({ now }: { now: Federation }) {
  const texts = useTexts(operator).link;
  const { language } = useLanguage();
  const names = new Map([
    ...now.probes.map(({ region, name }) => [region, name] as const),
    ...now.cardRepairs.map(({ peerRegion, name }) => [peerRegion, name] as const),
  ]);
  if (names.size === 0) return null;
  return (
    <Section title={texts.regions}>
      <DataTable
        caption={texts.regions}
        columns={[texts.region, texts.probe, texts.sentAgain, texts.ended]}
        rows={[...names].map(([id, name]) => {
          const probe = now.probes.find(({ region }) => region === id);
          const repair = now.cardRepairs.find(({ peerRegion }) => peerRegion === id);
          const last = probe?.lastMatchAt ? momentText(probe.lastMatchAt, language) : texts.never;
          return {
            key: id,
            cells: [
              name,
              probe?.overdue ? (
                <Badge key="probe" tone="error">
                  {last}
                </Badge>
              ) : (
                last
              ),
              repair?.sentAgain ?? 0,
              repair?.ended ?? 0,
            ],
          };
        })}
      />
      <p className="screens-muted">{texts.regionsHint}</p>
    </Section>
  );
}

const ALARMS = [
  'awaitingSecret',
  'unansweredNotices',
  'unopenableCards',
  'rejectedMessages',
  'lostPersons',
] as const;

const alarmsOf = (now: Federation) =>
  ALARMS.map((name) => [name, now[name]] as const).filter(([, number]) => number > 0);
