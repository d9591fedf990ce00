export { WorkController, ScheduledWorkShown } from './work.controller.js';
export { ScheduledWork, type Work } from './scheduled-work.js';
export { ScheduledWorkState } from './scheduled-work.entity.js';
export { ScheduledWorks } from './scheduled-works.js';
export { WorkModule } from './work.module.js';
export { WorkRunner } from './work-runner.js';
