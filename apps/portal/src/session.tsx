import { createContext, useContext } from 'react';
import type { Me } from './session.types.js';

/** Who is logged in, and a way to ask it anew after a change. */
export interface Session {
  me: Me;
  again: () => Promise<void>;
}

export const SessionContext = createContext<Session | undefined>(undefined);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('nobody is logged in');
  return session;
}
