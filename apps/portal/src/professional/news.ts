import { Api } from '#libs/screens';
import { useEffect, useRef } from 'react';
import type { OwnMatch } from './professional.types.js';

const EVERY = 5_000;

/** Reads the matches, first their version: what comes in between is seen with the next look for news. */
export async function fetchMatches(): Promise<{ version: string; matches: OwnMatch[] }> {
  const { version } = await Api.get<{ version: string }>('matches/version');
  return { version, matches: await Api.get<OwnMatch[]>('matches') };
}

/**
 * Calls back when there are other matches than those shown: asks for their version while somebody can see the screen, which keeps no
 * session alive. What cannot be asked is asked again.
 * @param shown the version of what is shown; undefined as long as nothing is
 */
export function useNews(shown: string | undefined, onNews: () => void): void {
  const latest = useRef({ shown, onNews });
  useEffect(() => {
    latest.current = { shown, onNews };
  });
  useEffect(() => {
    let over = false;
    const look = async () => {
      const { shown } = latest.current;
      if (document.hidden || over || shown === undefined) return;
      try {
        const { version } = await Api.get<{ version: string }>('matches/version', { unattended: true });
        // what is shown may be newer than this answer
        if (!over && latest.current.shown === shown && version !== shown) latest.current.onNews();
      } catch {
        // the next look may succeed
      }
    };
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
