import type { ReactNode } from 'react';
import { Alarms } from './alarms/index.js';
import { FiguresScreen } from './figures/index.js';
import { KeyHolders } from './key-holders/index.js';
import { AdmitRegion, ChangeRegion, Members } from './membership/index.js';
import { Overview } from './overview/index.js';
import { RegionScreen } from './region/index.js';
import type { ConsoleTexts } from './texts.nl.js';

/** A page of the console, and whether it stands in the menu. */
export interface Place {
  path: string;
  label?: keyof ConsoleTexts['places'];
  screen: (part: string) => ReactNode;
}

/** In the order of the menu. `:` stands for one part of a path. */
export const PLACES: readonly Place[] = [
  { path: '/', label: 'overview', screen: () => <Overview /> },
  { path: '/alarmen', label: 'alarms', screen: () => <Alarms /> },
  { path: '/sleutelhouders', label: 'keyHolders', screen: () => <KeyHolders /> },
  { path: '/cijfers', label: 'figures', screen: () => <FiguresScreen /> },
  { path: '/deelname', label: 'membership', screen: () => <Members /> },
  { path: '/deelname/toelaten', screen: () => <AdmitRegion /> },
  { path: '/deelname/:/schorsen', screen: (id) => <ChangeRegion change="suspend" id={id} /> },
  { path: '/deelname/:/hervatten', screen: (id) => <ChangeRegion change="readmit" id={id} /> },
  { path: '/deelname/:/verwijderen', screen: (id) => <ChangeRegion change="remove" id={id} /> },
  { path: '/regios/:', screen: (id) => <RegionScreen id={id} /> },
];

/** The place of a path, with what stands for `:` in it. */
export function placeAt(path: string, places: readonly Place[]): { place: Place; part: string } | undefined {
  for (const place of places) {
    const pattern = new RegExp(`^${place.path.replace(':', '([\\w-]+)').replace(/\/$/, '')}/?$`);
    const found = pattern.exec(path);
    if (found) return { place, part: found[1] ?? '' };
  }
  return undefined;
}
