import {
  Badge,
  Card,
  Empty,
  Link,
  momentText,
  PageTitle,
  Paragraph,
  useLanguage,
  useTexts,
} from '#libs/screens';
import type { Alarm } from '../api.types.js';
import { useFederation } from '../live.js';
import { consoleTexts } from '../texts.js';

/** What somebody should look into, and how. */
export function Alarms() {
  const { alarms } = useFederation();
  const texts = useTexts(consoleTexts).alarms;
  return (
    <>
      <PageTitle title={texts.title} lead={texts.lead} />
      {alarms.length === 0 ? (
        <Empty title={texts.none}>
          <Paragraph>{texts.noneDetail}</Paragraph>
        </Empty>
      ) : (
        <AlarmList alarms={alarms} />
      )}
    </>
  );
}

export function AlarmList({ alarms }: { alarms: readonly Alarm[] }) {
  return (
    <ul className="screens-list console-alarms">
      {alarms.map((alarm) => (
        <li key={`${alarm.kind} ${alarm.party}`}>
          <AlarmCard alarm={alarm} />
        </li>
      ))}
    </ul>
  );
}

function AlarmCard({ alarm: { kind, party, since, count } }: { alarm: Alarm }) {
  const { regions, keyHolders } = useFederation();
  const texts = useTexts(consoleTexts).alarms;
  const { language } = useLanguage();
  const region = regions.find(({ id }) => id === party);
  const holder = keyHolders.find(({ id }) => id === party);
  const { title, means, todo, unit } = texts.kinds[kind] ?? texts.unknown;
  return (
    <Card
      title={title}
      aside={<Badge tone="error">{region?.name ?? holder?.name ?? texts.parties[party] ?? party}</Badge>}
      className="screens-card--calls"
    >
      <Paragraph>{means}</Paragraph>
      <Paragraph>
        <strong>{texts.todo}</strong> {todo}
      </Paragraph>
      <p className="screens-muted">
        {since ? `${texts.since} ${momentText(since, language)}` : texts.always}
        {unit && ` · ${count} ${unit}`}
        {region && (
          <>
            {' · '}
            <Link to={`/regios/${region.id}`}>{region.name}</Link>
          </>
        )}
        {holder && (
          <>
            {' · '}
            <Link to="/sleutelhouders">{holder.name}</Link>
          </>
        )}
      </p>
    </Card>
  );
}
