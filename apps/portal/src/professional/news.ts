import { Api } from '#libs/screens';
import { useEffect, useRef } from 'react';

const EVERY = 5_000;

/**
 * Calls back when matches changed: asks for their version while somebody can see the screen, which keeps no session alive.
 * What cannot be asked is asked again; a logged out screen says so with the next thing that its person does.
 */
export function useNews(onNews: () => void): void {
  const latest = useRef(onNews);
  useEffect(() => {
    latest.current = onNews;
  });
  useEffect(() => {
    let known: string | undefined;
    let over = false;
    const look = async () => {
      if (document.hidden || over) return;
      try {
        const { version } = await Api.get<{ version: string }>('matches/version', { unattended: true });
        if (over) return;
        if (known !== undefined && known !== version) latest.current();
        known = version;
      } catch {
        // the next look may succeed
      }
    };
    void look();
    const timer = window.setInterval(() => void look(), EVERY);
    const seen = () => void look();
    document.addEventListener('visibilitychange', seen);
    return () => {
      over = true;
      window.clearInterval(timer);
      document.removeEventListener('visibilitychange', seen);
    };
  }, []);
}
