import type { Texts } from '#libs/screens';
import { en } from './texts.en.js';
import { nl, type OperatorTexts } from './texts.nl.js';

export const operator: Texts<OperatorTexts> = { nl, en };
