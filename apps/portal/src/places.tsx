import type { ReactNode } from 'react';
import { OwnDetails } from './account/index.js';
import { Appoint, Appointee, AppointmentsPage, ChangeLogin } from './appointments/index.js';
import { Locations, People, Person, Waiting } from './coordinator/index.js';
import { Audit, Covenant, Directory, FederationLink, Organisations, Work } from './operator/index.js';
import { Moves, Queue } from './process-manager/index.js';
import {
  Absence,
  EndSignal,
  LinkSignal,
  Matches,
  NewSignal,
  OwnSignals,
  RenewSignal,
} from './professional/index.js';
import type { Role } from './session.types.js';
import { SubjectAccess } from './subject-access/index.js';
import type { PortalTexts } from './texts.nl.js';

/** A page of the portal: for whom it is, where, and whether it stands in the menu. */
export interface Place {
  path: string;
  roles: readonly Role[];
  label?: keyof PortalTexts['places'];
  screen: (part: string) => ReactNode;
}

const EVERYBODY: readonly Role[] = ['professional', 'coordinator', 'process-manager', 'operator'];

/** In the order of the menu; the first one of somebody's role is where they begin. `:` stands for one part of a path. */
export const PLACES: readonly Place[] = [
  { path: '/matches', roles: ['professional'], label: 'matches', screen: () => <Matches /> },
  { path: '/signalen/nieuw', roles: ['professional'], label: 'newSignal', screen: () => <NewSignal /> },
  { path: '/signalen', roles: ['professional'], label: 'signals', screen: () => <OwnSignals /> },
  { path: '/signalen/:/bsn', roles: ['professional'], screen: (id) => <LinkSignal id={id} /> },
  { path: '/signalen/:/einde', roles: ['professional'], screen: (id) => <EndSignal id={id} /> },
  { path: '/signalen/:/verlengen', roles: ['professional'], screen: (id) => <RenewSignal id={id} /> },
  { path: '/afwezigheid', roles: ['professional'], label: 'absence', screen: () => <Absence /> },
  { path: '/medewerkers', roles: ['coordinator'], label: 'people', screen: () => <People /> },
  { path: '/medewerkers/:', roles: ['coordinator'], screen: (id) => <Person id={id} /> },
  { path: '/locaties', roles: ['coordinator'], label: 'locations', screen: () => <Locations /> },
  { path: '/wachtende-matches', roles: ['coordinator'], label: 'waiting', screen: () => <Waiting /> },
  { path: '/opvolging', roles: ['process-manager'], label: 'queue', screen: () => <Queue /> },
  { path: '/verhuizingen', roles: ['process-manager'], label: 'moves', screen: () => <Moves /> },
  { path: '/inzage', roles: ['process-manager'], label: 'access', screen: () => <SubjectAccess /> },
  { path: '/koppeling', roles: ['operator'], label: 'link', screen: () => <FederationLink /> },
  { path: '/convenant', roles: ['operator'], label: 'covenant', screen: () => <Covenant /> },
  {
    path: '/organisaties',
    roles: ['operator'],
    label: 'organisations',
    screen: () => <Organisations />,
  },
  { path: '/mensen', roles: ['operator'], label: 'directory', screen: () => <Directory /> },
  {
    path: '/benoemingen',
    roles: ['operator'],
    label: 'appointments',
    screen: () => <AppointmentsPage />,
  },
  { path: '/benoemingen/nieuw', roles: ['operator'], screen: () => <Appoint /> },
  { path: '/benoemingen/login', roles: ['operator'], screen: () => <ChangeLogin /> },
  { path: '/benoemingen/:', roles: ['operator'], screen: (id) => <Appointee id={id} /> },
  { path: '/werk', roles: ['operator'], label: 'work', screen: () => <Work /> },
  { path: '/logboek', roles: ['operator'], label: 'audit', screen: () => <Audit /> },
  { path: '/mijn-gegevens', roles: EVERYBODY, label: 'account', screen: () => <OwnDetails /> },
];

/** The place of a path, with what stands for `:` in it. */
export function placeAt(path: string, places: readonly Place[]): { place: Place; part: string } | undefined {
  for (const place of places) {
    const pattern = new RegExp(`^${place.path.replace(':', '([\\w-]+)')}/?$`);
    const found = pattern.exec(path);
    if (found) return { place, part: found[1] ?? '' };
  }
  return undefined;
}
