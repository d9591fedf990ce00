import type { Texts } from '#libs/screens';
import { en } from './texts.en.js';
import { nl, type PortalTexts } from './texts.nl.js';

export const portal: Texts<PortalTexts> = { nl, en };
