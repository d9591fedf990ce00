import type { NamedLead } from '#libs/protocol';

/**
 * Tells signals apart. An entry id alone does not: another region may have taken it over, by mistake or to hide somebody.
 */
export const keyOf = ({ entryId, region }: Pick<Entry, 'entryId' | 'region'>): string =>
  `${entryId} ${region}`;

/** How to reach somebody: all that a match ever tells. */
export interface ContactDetails {
  name: string;
  function: string;
  organisation: string;
  phone: string;
  email: string;
  /** Where they work, with its telephone. */
  location?: string | undefined;
  locationPhone?: string | undefined;
}

/** Tells people apart across organisations and regions: one name with one address is one person. */
export const identityOf = ({ name, email }: Pick<ContactDetails, 'name' | 'email'>): string =>
  `${name}\n${email.toLowerCase()}`;

/** A professional of this region who is mailed. `person` is as of `OwnEntry`; an older release told without. */
export type Receiver = ContactDetails & { id: string; person?: string };

/** An active signal, of this region or of another, as a match sees it. */
export interface Entry {
  entryId: string;
  region: string;
  kind: string;
  filedAt: Date;
  /** Of the professional, or of who stands in. */
  contact: ContactDetails;
  /** Name of the absent professional for whom the contact stands in. */
  standsInFor?: string;
  /** An absent professional does not lead. */
  absent?: boolean;
  /** Entries of others with whom this professional says to be in contact. */
  contactMade: readonly string[];
  /** Of what may be the same youth: the other side has come to know the BSN, and this side is asked to verify. */
  verify?: boolean;
}

/** A signal that may be on the same youth without BSN, before both sides confirmed it: nothing but that there is one. */
export interface PossibleMatch {
  entryId: string;
  region: string;
  confirmedByUs: boolean;
  confirmedByThem: boolean;
  /** As of `Entry`. */
  verify: boolean;
}

/** An active signal of this region. */
export interface OwnEntry extends Entry {
  /** Of the professional themselves, also while somebody stands in. */
  filer: ContactDetails;
  /** Id of the professional who is reached: the filer, or who stands in. */
  contactId: string;
  /** Blind index of how the youth was described, hex; absent when the signal was filed on a BSN. */
  description?: string;
  /** False for a youth without BSN. */
  bsnKnown: boolean;
  /** Entries of others of which this professional says that they can be about the same youth without BSN. */
  confirmed: readonly string[];
  /** Entries of others of which this professional says that they are on another youth. */
  rejected: readonly string[];
  /** Entries in other regions of which this professional says that they filed them too. */
  samePerson: readonly string[];
  signalId: string;
  signalNumber: string;
  professionalId: string;
  /** Who filed it, the same for all designations of one person. Leaves the node in no card, mail or log. */
  person: string;
  /** The filer in other regions: as of `identityOf`, under each of their designations. An address that two persons share is nobody's. */
  identities: readonly string[];
  /** Who is reached, in the same way as `person`. */
  contactPerson: string;
  youthId: string;
  organisationId: string;
  /** Municipality of the professional's organisation; null for one that has none. */
  organisationMunicipality: string | null;
}

/** Where a youth lives, and since which day, as far as the person register knows it. */
export interface DatedResidence {
  municipality: string;
  asOf?: string | undefined;
}

/** Why the leading region decides. */
export type LeadingBecause = 'residence' | 'earliest-signal';

/** Who leads, who said so, and why. */
export interface Lead {
  contact: ContactDetails;
  leadingRegion: string;
  leadingBecause: LeadingBecause;
  because: 'organisation-kind' | 'process-manager' | 'appointed';
  /** Absent when a process manager leads. */
  entryId?: string;
}

/** The signals on one youth, by all regions that this node knows of, with the lead if it is known. */
export interface YouthGroup {
  entries: readonly Entry[];
  lead?: Lead;
}

/** The contact details in a card, and nothing else of it. */
export const contactFrom = ({
  name,
  function: role,
  organisation,
  phone,
  email,
  location,
  locationPhone,
}: ContactDetails): ContactDetails => ({
  ...{ name, function: role, organisation, phone, email },
  ...(location === undefined ? {} : { location }),
  ...(locationPhone === undefined ? {} : { locationPhone }),
});

/** The lead as a card names it. */
export const leadFrom = (lead: NamedLead): Lead => ({
  contact: contactFrom(lead),
  leadingRegion: lead.leadingRegion,
  leadingBecause: lead.leadingBecause,
  because: lead.because,
  ...(lead.entryId ? { entryId: lead.entryId } : {}),
});
