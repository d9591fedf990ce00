import type { PortalTexts } from './texts.nl.js';

export const en: PortalTexts = {
  welcome: {
    lead: 'You are involved with a young person. Here you find who else is.',
    what: 'A signal only says that you are involved. It does not say why, and never will.',
    who: 'For professionals, coordinators, process managers and operators who are affiliated to this index.',
    logIn: 'Log in',
    logInWith: (provider) => `Log in with ${provider}`,
  },
  stranger: {
    title: 'You have no account here',
    detail:
      'You are logged in, but this index does not know you. Ask the coordinator of your organisation or the operator of your region to enter you.',
    subject: 'Then pass on this identifier of your login:',
    logOut: 'Log out',
  },
  notHere: {
    title: 'This page is not there',
    detail: 'The page does not exist, or does not belong to your role.',
    home: 'To the beginning',
  },
  actingFor: {
    now: 'You work for:',
    change: (organisation: string) => `Change to ${organisation}`,
  },
  footer: 'A signal says that you are involved, and nothing else.',
  places: {
    newSignal: 'New signal',
    signals: 'My signals',
    matches: 'Matches',
    absence: 'Absence',
    account: 'My details',
    people: 'People',
    locations: 'Locations',
    waiting: 'Waiting matches',
    queue: 'Follow up matches',
    moves: 'Moves',
    access: 'Access requests',
    covenant: 'Covenant',
    organisations: 'Organisations',
    directory: 'People',
    appointments: 'Appointments',
    work: 'Scheduled work',
    link: 'Federation',
    audit: 'Logbook',
  },
};
