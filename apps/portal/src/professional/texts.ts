import type { Texts } from '#libs/screens';
import { en } from './texts.en.js';
import { nl, type ProfessionalTexts } from './texts.nl.js';

export const professional: Texts<ProfessionalTexts> = { nl, en };
