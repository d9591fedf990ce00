export { Hub, HubUnreachable, type Answer, type Question, type Reply } from './hub.js';
export { HubModule } from './hub.module.js';
