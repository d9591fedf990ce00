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
}

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
}

/** An active signal of this region. */
export interface OwnEntry extends Entry {
  /** Of the professional themselves, also while somebody stands in. */
  filer: ContactDetails;
  signalId: string;
  signalNumber: string;
  professionalId: string;
  youthId: string;
  organisationId: string;
  /** Municipality of the professional's organisation; null for one that has none. */
  organisationMunicipality: string | null;
}

/** Where a youth lives, and since when that is known. */
export interface DatedResidence {
  municipality: string;
  asOf: string;
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
