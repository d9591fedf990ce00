export { Agreements, type AgreementListener } from './agreements.js';
export {
  FederationTransport,
  RethrowFilter,
  type Channel,
  type TransportOptions,
} from './federation-transport.js';
export {
  HubConnection,
  HubUnreachable,
  hubLogin,
  type HubParty,
  type HubSettings,
} from './hub-connection.js';
export { LinkRestarts, type SayAgain } from './link-restarts.js';
export { Inbox, type BatchHandler, type BatchResult, type MessageContext, type RawMessage } from './inbox.js';
export { countRejected } from './rejections.js';
export { Outbox, OutboxSender, type EnqueueOptions, type Outgoing, type SenderOptions } from './outbox.js';
export { beginRecovery, endRecovery } from './positions.js';
export { Link, OutboxMessage, RejectedMessages, messagingEntities, messagingTablesSql } from './tables.js';
