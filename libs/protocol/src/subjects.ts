/**
 * Subjects of protocol 1, designed for permissions first: the sender's or owner's name is a token, so that an account
 * can be allowed exactly its own. Only this file knows them. The hub's configuration is generated from it.
 */
export const subjects = {
  /** Everything that region `region` sends to the relay; kept by the relay's stream `UP_<region>`. */
  up: (region: string, type: string) => `vi.v1.up.${region}.${type}`,
  upAll: (region: string) => `vi.v1.up.${region}.>`,
  /** Everything that the relay sends to region `region`; kept by the relay's stream `DOWN_<region>`. */
  down: (region: string, type: string) => `vi.v1.down.${region}.${type}`,
  downAll: (region: string) => `vi.v1.down.${region}.>`,
  /** Request/reply: region `region` asks key holder `holder` to evaluate blinded elements. */
  evaluate: (holder: string, region: string) => `vi.v1.oprf.${holder}.${region}.evaluate`,
  evaluateAll: (holder: string) => `vi.v1.oprf.${holder}.*.evaluate`,
  /** Request/reply, for everybody: the signed manifest of the present epoch, as key holder `holder` knows it. */
  manifest: (holder: string) => `vi.v1.oprf.${holder}.manifest`,
  /** Request/reply, for the relay alone: what every region had key holder `holder` evaluate today. */
  usage: (holder: string) => `vi.v1.oprf.${holder}.usage`,
  /** Request/reply: key holder `from` asks key holder `holder` for its part in a step of the key ceremony. */
  ceremony: (holder: string, from: string) => `vi.v1.ceremony.${holder}.${from}`,
  ceremonyAll: (holder: string) => `vi.v1.ceremony.${holder}.*`,
  /** Request/reply: party `party` tells the relay which forms it speaks, and is told those of all. */
  forms: (party: string) => `vi.v1.forms.${party}`,
  formsAll: 'vi.v1.forms.*',
  /** Request/reply, for everybody: the region register as the coordinator signed it. */
  register: 'vi.v1.register',
} as const;

/** Names of the relay's streams and consumers. One UP and one DOWN stream per region, so that none can squat on another's message ids. */
export const streams = {
  up: (region: string) => `UP_${region}`,
  down: (region: string) => `DOWN_${region}`,
  /** The relay's durable consumer on an UP stream. */
  relayConsumer: 'relay',
  /** The region's durable consumer on its DOWN stream. */
  nodeConsumer: 'node',
  /** Prefix under which a region's account sees the JetStream API of its own DOWN consumer. */
  regionApiPrefix: 'vi.js',
  /** Bytes that one stream may take. The hub sets them apart, so its quota decides for how many regions there is room. */
  maxBytes: 64 * 1024 * 1024,
} as const;

/** What a region's account on the hub is called. */
export const regionAccount = (region: string): string => `R_${region}`;

/** The prefix of all reply inboxes of one party: another account can neither guess nor reach it. */
export const inboxPrefix = (party: string): string => `_INBOX.${party}`;

/** What a region, relay or key holder may be called: a token of a subject, a part of a stream name and of a role name. */
export const PARTY_ID = /^[a-z][a-z0-9-]{1,30}$/;

/** The relay's name as sender and receiver. */
export const RELAY = 'relay';
