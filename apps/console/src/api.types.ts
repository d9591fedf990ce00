/** What the relay's API tells, as far as these screens use it; `/api/v1/openapi.json` is the whole. */
export type Health = 'healthy' | 'lagging' | 'silent';
export type State = 'admitted' | 'suspended' | 'removed';
/** A count in tens; few are not counted. */
export type NationalCount = number | '<10';

export interface Probe {
  region: string;
  lastMatchAt?: string;
  overdue: boolean;
}

export interface Region {
  id: string;
  name: string;
  state: State;
  municipalities: string[];
  health: Health;
  lastSeenAt: string | null;
  delaySeconds: number;
  queuedByRegion: number;
  queuedForRegion: number;
  softwareVersion: string | null;
  tags: NationalCount;
  matches: NationalCount;
  awaitingSecret: NationalCount;
  clockSkewSeconds: number;
  probes: Probe[];
  rejected: { reason: string; count: number }[];
  dailyQuota: number;
  evaluatedToday: NationalCount | null;
}

export interface KeyHolder {
  id: string;
  name: string;
  health: 'healthy' | 'silent';
  upSince: string | null;
  lastSeenAt: string | null;
  epoch: number | null;
  usage: { region: string; elements: NationalCount; dailyQuota: number }[] | null;
}

export interface Alarm {
  kind: string;
  party: string;
  since: string | null;
  count: NationalCount;
}

export interface Figures {
  asOf: string;
  softwareVersion: string;
  registerVersion: number;
  epoch: number;
  regions: number;
  keyHolders: number;
  keyHoldersUp: number;
  threshold: number;
  tags: NationalCount;
  matches: NationalCount;
}

export interface RegionHour {
  hour: string;
  healthy: number;
  lagging: number;
  silent: number;
  worstDelaySeconds: number;
  worstQueue: number;
}

export interface NationalHour {
  hour: string;
  reachablePercent: number;
  tags: NationalCount;
  matches: NationalCount;
}

export interface Member {
  id: string;
  name: string;
  state: State;
  municipalities: string[];
  dailyQuota: number;
  signingKey: string;
  cardKey: string;
  certificateSubject: string;
}

export interface Membership {
  version: number;
  issuedAt: string;
  epoch: number;
  relayFollows: boolean;
  hubFollows: boolean | null;
  regions: Member[];
}

export type Change = 'admit' | 'suspend' | 'readmit' | 'remove';

/** A change that can be made. */
export interface Checked {
  version: number;
  region: Member;
  command: string;
}
