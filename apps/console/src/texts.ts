import type { Texts } from '#libs/screens';
import { en } from './texts.en.js';
import { nl, type ConsoleTexts } from './texts.nl.js';

export const consoleTexts: Texts<ConsoleTexts> = { nl, en };
