import { useEffect, useState } from 'react';
import { Api, onLoggedOut } from './api.js';
import { useTexts } from './language.js';
import { PageTitle } from './page.js';
import { Paragraph } from './components.js';
import { shared } from './texts.js';

const EVERY = 10_000;

/**
 * Whether the session of the person of these screens is over. Then nothing of what was shown may stay on the screen. When the same person
 * logs in again, in whichever tab, it is not over any more; another person gets the screens loaded anew.
 * @param person who is logged in; undefined while nobody is
 * @param who asks unattended who is logged in
 */
export function useSessionEnd(person: string | undefined, who: () => Promise<string>): boolean {
  const [over, setOver] = useState(false);
  useEffect(() => {
    if (person === undefined) return;
    const look = async () => {
      if (document.hidden) return;
      try {
        if ((await who()) === person) setOver(false);
        else window.location.reload();
      } catch {
        // that nobody is logged in was said by the answer itself, and anything else passes
      }
    };
    const timer = window.setInterval(() => void look(), EVERY);
    const seen = () => void look();
    const stopListening = onLoggedOut(() => setOver(true));
    document.addEventListener('visibilitychange', seen);
    window.addEventListener('focus', seen);
    return () => {
      window.clearInterval(timer);
      stopListening();
      document.removeEventListener('visibilitychange', seen);
      window.removeEventListener('focus', seen);
    };
    // `who` is the same question at every render
  }, [person]);
  return over;
}

/** The page instead of everything that somebody who was logged out had on the screen. */
export function LoggedOut() {
  const texts = useTexts(shared).loggedOut;
  return (
    <>
      <PageTitle title={texts.title} lead={texts.lead} />
      <Paragraph>{texts.kept}</Paragraph>
      <p>
        <a
          className="utrecht-button-link utrecht-button-link--html-a utrecht-button-link--primary-action"
          href={Api.loginUrl()}
          // in a tab of its own, since what was typed lives in this one
          target="_blank"
          rel="noopener"
        >
          {texts.logIn}
        </a>
      </p>
    </>
  );
}
