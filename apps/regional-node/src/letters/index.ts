export { LettersModule } from './letters.module.js';
export { ReceivedLetter } from './received-letter.entity.js';
export { ReceivedLetters, type WaitingLetter } from './received-letters.js';
export { SentLetter } from './sent-letter.entity.js';
export { SentLetters, type Telling } from './sent-letters.js';
