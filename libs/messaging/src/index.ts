export { FederationTransport, RethrowFilter, type Channel } from './federation-transport.js';
export { HubConnection, HubUnreachable, hubLogin, type HubSettings } from './hub-connection.js';
export { type MessageContext } from './inbox.js';
export { LinkRestarts } from './link-restarts.js';
export { Outbox, remaining, type Backlog, type EnqueueOptions, type Outgoing } from './outbox.js';
export { OutboxSender } from './outbox-sender.js';
export { PeerForms } from './peer-forms.js';
export { beginRecovery, endRecovery } from './positions.js';
export { countRejected } from './rejections.js';
export { SetAside, type SetAsideKind, type SetAsideView } from './set-aside.js';
export {
  Link,
  OutboxMessage,
  RejectedMessages,
  SetAsideMessage,
  StoredForms,
  messagingEntities,
  messagingTables2Sql,
  messagingTablesSql,
} from './tables.js';
