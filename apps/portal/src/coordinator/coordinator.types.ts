import type { Me } from '../session.types.js';

/** One of the organisation's people, as `GET /professionals` gives them. */
export type Colleague = Pick<
  Me,
  'id' | 'name' | 'function' | 'phone' | 'email' | 'roles' | 'designated' | 'contact' | 'absence'
> & {
  /** What was changed and waits for their confirmation. */
  unconfirmed: ('phone' | 'email')[];
  /** Key of the location where they work. */
  location?: string;
  /** Until when they may file more than usual. */
  filingLimitRaisedUntil?: string;
};

/** A place where people of the organisation work. */
export interface Location {
  /** Key within the organisation. */
  id: string;
  name: string;
  municipality: string;
  phone: string;
}

export interface WaitingMatches {
  professionalId: string;
  name: string;
  matches: number;
  since: string;
}
