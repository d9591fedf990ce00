export { ArchiveAnswer } from './archive-answer.entity.js';
export { ArchiveQuestion } from './archive-question.entity.js';
export { ArchiveQuestions } from './archive-questions.js';
export { ArchiveTold } from './archive-told.entity.js';
export { Archive } from './archive.js';
export { ArchiveModule } from './archive.module.js';
export { ArchivedSignal } from './archived-signal.entity.js';
export { ReceivedAnswers, type EarlierElsewhere } from './received-answers.js';
export { goesToArchive, type EndingReason } from './rules/goes-to-archive.rule.js';
