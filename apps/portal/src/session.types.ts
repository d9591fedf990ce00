export type Role = 'professional' | 'coordinator' | 'process-manager' | 'operator';

/** `GET /region`. */
export interface Region {
  name: string;
  colour?: string;
  logo: boolean;
}

export interface ContactState {
  confirmedOn: string;
  confirmBefore: string;
  emailRefusedAt?: string;
  /** Since when the first ones wait for their owner. */
  waitsSince?: string;
}

export interface Absence {
  from: string;
  until: string;
  replacement?: string;
}

/** Contact details of one's own that somebody else entered, and that do not count yet. */
export interface ContactChange {
  id: string;
  organisation: string;
  phone?: string;
  email?: string;
  changedBy: 'coordinator' | 'operator';
  changedAt: string;
}

/** `GET /me`. */
export interface Me {
  id: string;
  name: string;
  function: string;
  phone: string;
  email: string;
  contact: ContactState;
  contactChanges: ContactChange[];
  roles: Role[];
  designated: boolean;
  municipality?: string;
  absence?: Absence;
  organisation: {
    id: string;
    name: string;
    signatory: boolean;
    mayUseBsn: boolean;
    /** Where they work. */
    location?: { name: string; phone: string };
  };
  covenant: string;
  /** What else they are, in other organisations. */
  others: { id: string; function: string; organisation: { id: string; name: string } }[];
}
