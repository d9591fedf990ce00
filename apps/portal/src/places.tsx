import type { ReactNode } from 'react';
import { OwnDetails } from './account/index.js';
import { APPOINT_STEPS, Appoint, Appointee, AppointmentsPage, ChangeLogin } from './appointments/index.js';
import { DepartedPerson, Locations, People, Person, Waiting } from './coordinator/index.js';
import {
  Audit,
  Covenant,
  Directory,
  FederationLink,
  NextVersion,
  Organisations,
  Work,
} from './operator/index.js';
import { Moves, Queue } from './process-manager/index.js';
import {
  Absence,
  EndedSignal,
  EndSignal,
  FiledSignal,
  LINK_STEPS,
  LinkedSignal,
  LinkSignal,
  Matches,
  NEW_SIGNAL_STEPS,
  NewSignal,
  OtherYouth,
  OwnSignals,
  RENEWAL_STEPS,
  RenewedSignal,
  RenewSignal,
  SignalPage,
} from './professional/index.js';
import type { Role } from './session.types.js';
import { ACCESS_STEPS, SubjectAccess } from './subject-access/index.js';
import type { PortalTexts } from './texts.nl.js';

/** A page of the portal: for whom it is, where, and whether it stands in the menu. */
export interface Place {
  path: string;
  roles: readonly Role[];
  label?: keyof PortalTexts['places'];
  /** What may follow the path: further steps of the same screen. */
  steps?: readonly string[];
  screen: (part: string, step: string) => ReactNode;
}

const EVERYBODY: readonly Role[] = ['professional', 'coordinator', 'process-manager', 'operator'];

/** In the order of the menu; the first one of somebody's role is where they begin. `:` stands for one part of a path. */
export const PLACES: readonly Place[] = [
  { path: '/matches', roles: ['professional'], label: 'matches', screen: () => <Matches /> },
  { path: '/matches/:', roles: ['professional'], screen: (number) => <Matches first={number} /> },
  { path: '/andere-jeugdige/:', roles: ['professional'], screen: (id) => <OtherYouth id={id} /> },
  {
    path: '/signalen/nieuw',
    roles: ['professional'],
    label: 'newSignal',
    steps: NEW_SIGNAL_STEPS,
    screen: (_part, step) => <NewSignal step={step} />,
  },
  { path: '/signalen', roles: ['professional'], label: 'signals', screen: () => <OwnSignals /> },
  { path: '/signalen/:', roles: ['professional'], screen: (id) => <SignalPage id={id} /> },
  { path: '/signalen/:/afgegeven', roles: ['professional'], screen: (id) => <FiledSignal id={id} /> },
  { path: '/signalen/:/ongedaan', roles: ['professional'], screen: (id) => <EndedSignal id={id} undone /> },
  {
    path: '/signalen/:/bsn',
    roles: ['professional'],
    steps: LINK_STEPS,
    screen: (id, step) => <LinkSignal id={id} step={step} />,
  },
  { path: '/signalen/:/gekoppeld', roles: ['professional'], screen: (id) => <LinkedSignal id={id} /> },
  { path: '/signalen/:/einde', roles: ['professional'], screen: (id) => <EndSignal id={id} /> },
  { path: '/signalen/:/beeindigd', roles: ['professional'], screen: (id) => <EndedSignal id={id} /> },
  {
    path: '/signalen/:/verlengen',
    roles: ['professional'],
    steps: RENEWAL_STEPS,
    screen: (id, step) => <RenewSignal id={id} step={step} />,
  },
  { path: '/signalen/:/verlengd', roles: ['professional'], screen: (id) => <RenewedSignal id={id} /> },
  { path: '/afwezigheid', roles: ['professional'], label: 'absence', screen: () => <Absence /> },
  { path: '/medewerkers', roles: ['coordinator'], label: 'people', screen: () => <People /> },
  { path: '/medewerkers/:', roles: ['coordinator'], screen: (id) => <Person id={id} /> },
  { path: '/medewerkers/:/uit-dienst', roles: ['coordinator'], screen: () => <DepartedPerson /> },
  { path: '/locaties', roles: ['coordinator'], label: 'locations', screen: () => <Locations /> },
  { path: '/wachtende-matches', roles: ['coordinator'], label: 'waiting', screen: () => <Waiting /> },
  { path: '/opvolging', roles: ['process-manager'], label: 'queue', screen: () => <Queue /> },
  { path: '/verhuizingen', roles: ['process-manager'], label: 'moves', screen: () => <Moves /> },
  {
    path: '/inzage',
    roles: ['process-manager'],
    label: 'access',
    steps: ACCESS_STEPS,
    screen: (_part, step) => <SubjectAccess step={step} />,
  },
  { path: '/koppeling', roles: ['operator'], label: 'link', screen: () => <FederationLink /> },
  { path: '/convenant', roles: ['operator'], label: 'covenant', screen: () => <Covenant /> },
  { path: '/convenant/:', roles: ['operator'], screen: (version) => <NextVersion version={version} /> },
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
  {
    path: '/benoemingen/nieuw',
    roles: ['operator'],
    steps: APPOINT_STEPS,
    screen: (_part, step) => <Appoint step={step} />,
  },
  { path: '/benoemingen/login', roles: ['operator'], screen: () => <ChangeLogin /> },
  { path: '/benoemingen/:', roles: ['operator'], screen: (id) => <Appointee id={id} /> },
  { path: '/werk', roles: ['operator'], label: 'work', screen: () => <Work /> },
  { path: '/logboek', roles: ['operator'], label: 'audit', screen: () => <Audit /> },
  { path: '/mijn-gegevens', roles: EVERYBODY, label: 'account', screen: () => <OwnDetails /> },
];

/** The place of a path, with what stands for `:` in it, and its step: '' for the first. */
export function placeAt(
  path: string,
  places: readonly Place[],
): { place: Place; part: string; step: string } | undefined {
  for (const place of places) {
    const pattern = place.path.replace(':', '(?<part>[\\w-]+)');
    const steps = place.steps ? `(?:/(?<step>${place.steps.join('|')}))?` : '';
    const found = new RegExp(`^${pattern}${steps}/?$`).exec(path);
    if (found) return { place, part: found.groups?.['part'] ?? '', step: found.groups?.['step'] ?? '' };
  }
  return undefined;
}
