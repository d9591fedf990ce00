export { ArchiveModule } from './archive.module.js';
export { ArchiveQuestion } from './archive-question.entity.js';
export { ArchiveQuestions } from './archive-questions.js';
