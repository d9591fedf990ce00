import type { Me } from '../session.types.js';

/** One of the organisation's people, as `GET /professionals` gives them. */
export type Colleague = Pick<
  Me,
  'id' | 'name' | 'function' | 'phone' | 'email' | 'roles' | 'designated' | 'contact' | 'absence'
>;

export interface WaitingMatches {
  professionalId: string;
  name: string;
  matches: number;
  since: string;
}
