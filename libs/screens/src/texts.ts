import type { Texts } from './language.js';
import { en } from './texts.en.js';
import { nl, type SharedTexts } from './texts.nl.js';

export const shared: Texts<SharedTexts> = { nl, en };
