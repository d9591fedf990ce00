export { Archive } from './archive.js';
export { ArchiveModule } from './archive.module.js';
export { ArchivedSignal } from './archived-signal.entity.js';
export { goesToArchive, type EndingReason } from './rules/goes-to-archive.rule.js';
