import {
  Api,
  Button,
  Link,
  Loaded,
  LoggedOut,
  Notice,
  Page,
  PageTitle,
  Paragraph,
  ProblemNotice,
  takeMunicipalityNews,
  useLoaded,
  useRoute,
  useSessionEnd,
  useTexts,
  type MunicipalityNews,
  type ProblemDocument,
} from '#libs/screens';
import { Activity, useMemo } from 'react';
import { News } from './account/index.js';
import { ActingFor } from './acting-for.js';
import { PLACES, placeAt } from './places.js';
import { SessionContext, useSession } from './session.js';
import type { Me, Region } from './session.types.js';
import { portal } from './texts.js';

/** The portal of one region: who it is of, who is logged in, and the page that was asked for. */
export function App() {
  const region = useLoaded(() => Api.get<Region>('region'));
  const session = useLoaded(async () => {
    const me = await Api.get<Me>('me');
    await learnMunicipalities();
    return me;
  });
  const me = session.data;
  const loggedOut = !me && session.problem?.status === 401;
  const over = useSessionEnd(me?.id, whoIsLoggedIn);
  const places = PLACES.filter(({ roles }) => roles.some((role) => me?.roles.includes(role)));
  const texts = useTexts(portal);
  const { again } = session;
  const value = useMemo(() => (me ? { me, again } : undefined), [me, again]);
  return (
    <SessionContext value={value}>
      <Page
        name={region.data?.name ?? 'Verwijsindex'}
        logo={region.data?.logo ? '/api/v1/region/logo' : undefined}
        colour={region.data?.colour}
        person={over ? undefined : me?.name}
        destinations={
          over
            ? []
            : places.flatMap(({ path, label }) => (label ? [{ path, label: texts.places[label] }] : []))
        }
        home={places[0]?.path}
        strip={!over && me && me.others.length > 0 ? <ActingFor me={me} /> : undefined}
        footer={texts.footer}
      >
        {over && <LoggedOut />}
        <Activity mode={over ? 'hidden' : 'visible'}>
          {loggedOut ? (
            <Welcome name={region.data?.name ?? ''} />
          ) : isStranger(me, session.problem) ? (
            <Stranger subject={session.problem?.subject} />
          ) : (
            <Loaded state={session}>{() => <Here />}</Loaded>
          )}
        </Activity>
      </Page>
    </SessionContext>
  );
}

const whoIsLoggedIn = async (): Promise<string> => (await Api.get<Me>('me', { unattended: true })).id;

/** What the node knows of municipalities beyond the list of the screens; without it they go by their own. */
async function learnMunicipalities(): Promise<void> {
  try {
    takeMunicipalityNews(
      (await Api.get<{ municipalities: MunicipalityNews[] }>('municipalities')).municipalities,
    );
  } catch {
    // names of newer municipalities show as codes
  }
}

const isStranger = (me: Me | undefined, problem: ProblemDocument | undefined): boolean =>
  !me && problem?.status === 403;

function Here() {
  const { me } = useSession();
  const { path, visit } = useRoute();
  const texts = useTexts(portal).notHere;
  const places = PLACES.filter(({ roles }) => roles.some((role) => me.roles.includes(role)));
  const found = path === '/' ? places[0] && { place: places[0], part: '', step: '' } : placeAt(path, places);
  // the steps of one visit are one screen, and keep what it holds
  if (found)
    return (
      <>
        {found.place.label !== 'account' && <News />}
        <div key={`${found.place.path} ${visit}`}>{found.place.screen(found.part, found.step)}</div>
      </>
    );
  return (
    <>
      <PageTitle title={texts.title} lead={texts.detail} />
      <Link to="/">{texts.home}</Link>
    </>
  );
}

/** What can keep somebody from logging in. Other words in an address are somebody else's, and are not repeated. */
const LOGIN_PROBLEMS = ['login-failed', 'assurance-too-low', 'unavailable'];

function Welcome({ name }: { name: string }) {
  const texts = useTexts(portal).welcome;
  // the login sends a person back here with what went wrong
  const said = new URLSearchParams(window.location.search).get('problem');
  const { data: elsewhere } = useLoaded(() =>
    Api.get<{ further: { id: string; name: string }[] }>('../../auth/providers'),
  );
  const code = said && (LOGIN_PROBLEMS.includes(said) ? said : 'unreadable');
  return (
    <>
      <PageTitle title={name} lead={texts.lead} />
      {code && <ProblemNotice problem={{ code, status: 0, title: code, detail: '' }} />}
      <Paragraph>{texts.what}</Paragraph>
      <p className="screens-actions">
        <a
          className="utrecht-button-link utrecht-button-link--html-a utrecht-button-link--primary-action"
          href={Api.loginUrl()}
        >
          {texts.logIn}
        </a>
        {elsewhere?.further.map(({ id, name: provider }) => (
          <a
            key={id}
            className="utrecht-button-link utrecht-button-link--html-a utrecht-button-link--secondary-action"
            href={Api.loginUrl(id)}
          >
            {texts.logInWith(provider)}
          </a>
        ))}
      </p>
      <p className="screens-muted">{texts.who}</p>
    </>
  );
}

function Stranger({ subject }: { subject: string | undefined }) {
  const texts = useTexts(portal).stranger;
  return (
    <>
      <PageTitle title={texts.title} />
      <Notice tone="warning">
        <Paragraph>{texts.detail}</Paragraph>
        {subject !== undefined && (
          <Paragraph>
            {texts.subject} <code className="screens-identifier">{subject}</code>
          </Paragraph>
        )}
        <Button appearance="secondary-action-button" onClick={() => void Api.logOut()}>
          {texts.logOut}
        </Button>
      </Notice>
    </>
  );
}
