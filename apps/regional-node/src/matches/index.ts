export { ContactMade } from './contact-made.entity.js';
export { MatchConfirmed } from './match-confirmed.entity.js';
export { MatchMails } from './match-mails.js';
export { MatchRejected } from './match-rejected.entity.js';
export { MatchNotice } from './match-notice.entity.js';
export { Matches } from './matches.js';
export { MatchesModule } from './matches.module.js';
export { Scenes } from './scenes.js';
export type { Involved } from './rules/who-matches.rule.js';
