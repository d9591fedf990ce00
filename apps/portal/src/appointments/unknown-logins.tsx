import {
  Api,
  DataTable,
  Empty,
  Link,
  Loaded,
  momentText,
  Section,
  useLanguage,
  useLoaded,
  useTexts,
} from '#libs/screens';
import type { UnknownLogin } from './appointments.types.js';
import { appointments as words } from './texts.js';

/** Who logged in and is not in the directory, by the identifier of their login. */
export function UnknownLogins() {
  const texts = useTexts(words);
  const { language } = useLanguage();
  const state = useLoaded(() => Api.get<UnknownLogin[]>('unknown-logins'));
  return (
    <Section title={texts.unknownLogins}>
      <p>{texts.unknownLoginsHint}</p>
      <Loaded state={state}>
        {(logins) =>
          logins.length === 0 ? (
            <Empty title={texts.noUnknownLogins} />
          ) : (
            <DataTable
              caption={texts.unknownLogins}
              columns={[texts.login, texts.lastLogin, texts.firstLogin, texts.count]}
              rows={logins.map(({ subject, firstSeenAt, lastSeenAt, count }) => ({
                key: subject,
                cells: [
                  <code key="subject" className="screens-identifier">
                    {subject}
                  </code>,
                  momentText(lastSeenAt, language),
                  momentText(firstSeenAt, language),
                  String(count),
                ],
              }))}
            />
          )
        }
      </Loaded>
      <p>
        <Link to="/benoemingen/login">{texts.changeLogin}</Link>
      </p>
    </Section>
  );
}
