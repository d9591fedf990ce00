import {
  Api,
  DataTable,
  Empty,
  Facts,
  Link,
  Loaded,
  momentText,
  PageTitle,
  Paragraph,
  Section,
  useLanguage,
  useTexts,
} from '#libs/screens';
import type { Member, Membership } from '../api.types.js';
import { useLive } from '../live.js';
import { StateBadge } from '../overview/index.js';
import { consoleTexts } from '../texts.js';
import { Followers } from './followers.js';

/** Who takes part: the register in force, who follows it, and the changes that can be begun. */
export function Members() {
  const texts = useTexts(consoleTexts).membership;
  const state = useLive((asking) => Api.get<Membership>('register', asking));
  return (
    <>
      <PageTitle title={texts.title} lead={texts.lead} />
      <p className="console-actions">
        <Link to="/deelname/toelaten" look="button">
          {texts.changes.admit}
        </Link>
        <a
          className="utrecht-link utrecht-link--html-a"
          href="/api/v1/register/signed"
          download="register.json"
        >
          {texts.download}
        </a>
      </p>
      <Loaded state={state}>
        {(membership) => (
          <>
            <Register membership={membership} />
            <Section title={texts.regions}>
              {membership.regions.length === 0 ? (
                <Empty title={texts.nobody} />
              ) : (
                <MemberTable members={membership.regions} />
              )}
            </Section>
          </>
        )}
      </Loaded>
    </>
  );
}

function Register({ membership }: { membership: Membership }) {
  const texts = useTexts(consoleTexts).membership;
  const { language } = useLanguage();
  return (
    <>
      <Facts
        of={[
          [texts.version, membership.version],
          [texts.issuedAt, momentText(membership.issuedAt, language)],
          [texts.epoch, membership.epoch],
        ]}
      />
      <Followers membership={membership} />
    </>
  );
}

function MemberTable({ members }: { members: readonly Member[] }) {
  const texts = useTexts(consoleTexts).membership;
  return (
    <DataTable
      caption={texts.caption}
      columns={[texts.region, texts.state, texts.municipalities, texts.quota, texts.change]}
      rows={members.map((member) => ({
        key: member.id,
        cells: [
          <Link key="name" to={`/regios/${member.id}`}>
            {member.name}
          </Link>,
          member.state === 'admitted' ? texts.admitted : <StateBadge key="state" condition={member.state} />,
          member.municipalities.length,
          member.dailyQuota,
          <MemberLinks key="links" member={member} />,
        ],
      }))}
    />
  );
}

function MemberLinks({ member: { id, name, state } }: { member: Member }) {
  const texts = useTexts(consoleTexts).membership;
  if (state === 'removed') return <Paragraph>{texts.removedHow}</Paragraph>;
  const [path, change] =
    state === 'admitted' ? (['schorsen', 'suspend'] as const) : (['hervatten', 'readmit'] as const);
  return (
    <span className="console-actions">
      <Link to={`/deelname/${id}/${path}`} aria-label={`${texts.changes[change]}: ${name}`}>
        {texts.changes[change]}
      </Link>
      <Link to={`/deelname/${id}/verwijderen`} aria-label={`${texts.changes.remove}: ${name}`}>
        {texts.changes.remove}
      </Link>
    </span>
  );
}
