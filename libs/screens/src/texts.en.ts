import type { SharedTexts } from './texts.nl.js';

export const en: SharedTexts = {
  skip: 'To the content',
  navigation: 'Main menu',
  menu: 'Menu',
  otherLanguage: 'Nederlands',
  logOut: 'Log out',
  loading: 'Loading…',
  retry: 'Try again',
  logIn: 'Log in',
  logInAgain: 'Log in again',
  dayWrong: 'Fill in a date that exists: day, month and year.',
  sending: 'Busy…',
  reload: 'Load the page again',
  kept: 'What you filled in is still there.',
  loggedOut: {
    title: 'You are logged out',
    lead: 'Names and details are no longer on this screen.',
    kept: 'Log in again to go on. That opens a new tab; then this tab goes on, with what you had filled in.',
    logIn: 'Log in again',
  },
  problems: {
    offline: {
      title: 'No connection',
      detail: 'The index cannot be reached now. Nothing was sent or changed. Check your connection.',
    },
    unreadable: {
      title: 'Something went wrong',
      detail: 'It is not certain whether your last action was done. Check before you repeat it.',
    },
    'not-logged-in': {
      title: 'You are no longer logged in',
      detail: 'After half an hour without an action the index logs you out. Log in again.',
    },
    'invalid-input': {
      title: 'One or more fields are not filled in well',
      detail: 'Correct the fields that are named and send again.',
    },
    'not-allowed': {
      title: 'Your role gives no access here',
      detail: 'Ask the coordinator of your organisation or the operator of your region for help.',
    },
    'not-found': { title: 'Not found', detail: 'This does not exist, or not for you.' },
    'too-large': { title: 'This is too large to send', detail: 'Nothing was changed. Send less at a time.' },
    'login-failed': {
      title: 'Logging in did not work',
      detail:
        'Start logging in again. If it fails again, ask whoever manages your login account whether you may use this index.',
    },
    'unknown-login': {
      title: 'This index does not know you',
      detail:
        'Pass on the identifier of your login to the coordinator of your organisation or the operator of your region.',
    },
    'assurance-too-low': {
      title: 'Your login is not certain enough',
      detail:
        'Log in again with an extra check, such as a code on your telephone. If you cannot, ask whoever manages your login account for help.',
    },
    'youth-not-identified': {
      title: 'It is not established who the youth is',
      detail: 'Check the fields against a document of the youth.',
    },
    'one-more-datum': {
      title: 'We need one more detail',
      detail: 'It is not clear yet whom this is about. Please fill in the named field as well.',
    },
    'youth-not-eligible': {
      title: 'No signal can be filed on this person',
      detail: 'A signal is possible on a living youth under 23 only.',
    },
    'signal-exists': {
      title: 'You already have a signal on this youth',
      detail: 'Your earlier signal stays as it is.',
    },
    'person-register-unavailable': {
      title: 'The person register cannot be reached',
      detail: 'Nothing was stored. Try again in a few minutes.',
    },
    'person-register-refuses': {
      title: 'The person register refuses questions of this index',
      detail:
        'Nothing was stored. The operator of your region has been told and must solve this. Trying again does not help now.',
    },
    'renewal-not-open': {
      title: 'This signal cannot be renewed now',
      detail: 'That is possible in its last sixty days, unless it ends on the 23rd birthday.',
    },
    'too-late-to-undo': {
      title: 'The signal has been shared and can no longer be undone',
      detail: 'End the signal for the reason that applies.',
    },
    'signal-has-bsn': {
      title: 'The BSN of this signal is known already',
      detail: 'Only a signal on a youth without BSN can be linked.',
    },
    'too-many-look-ups': {
      title: 'You looked somebody up too often without sharing a signal',
      detail:
        'What is longer ago than a day does not count any more, nor do youths on whom you shared a signal. Try again later. Nobody can raise this limit.',
    },
    'too-many-filings': {
      title: 'You filed or linked too many signals',
      detail:
        'Nothing was stored. The coordinator of your organisation can raise the limit for a week. If you work alone, or your organisation has no other coordinator, ask the operator of your region.',
    },
    'too-many-access-requests': {
      title: 'You asked too often today to show or erase what is kept',
      detail: 'You can again tomorrow.',
    },
    'preview-outdated': {
      title: 'Nothing was erased',
      detail: 'Something changed, or you waited too long. Look again at what would be erased.',
    },
    'case-not-forwardable': {
      title: 'This case cannot be forwarded to that municipality',
      detail: 'It can be to a municipality of another region. Otherwise contact the municipality yourself.',
    },
    'organisation-not-in-covenant': {
      title: 'Your organisation does not take part in the covenant',
      detail: 'Contact the operator of your region.',
    },
    'professional-not-designated': {
      title: 'You are not designated to file signals',
      detail: 'Ask the coordinator of your organisation to designate you.',
    },
    'contact-unconfirmed': {
      title: 'Confirm your contact details first',
      detail:
        'Say at My details whether your telephone number and mail address are right. Then you can file signals.',
    },
    'works-alone': {
      title: 'A functionary who works alone files as themselves only',
      detail:
        'Another person is designated for this participant. Ask the operator of your region to correct that.',
    },
    'foreign-origin': {
      title: 'A request of another site was refused',
      detail: 'Use the own page of the index.',
    },
    'unsupported-media-type': {
      title: 'Only JSON is read',
      detail: 'Send with Content-Type: application/json.',
    },
    'register-refused': {
      title: 'This register cannot come into force',
      detail: 'Have the coordinator sign a next version.',
    },
    'covenant-invalid': { title: 'The covenant is not valid', detail: 'Correct the parts that are named.' },
    'covenant-in-force': {
      title: 'This version of the covenant is in force already',
      detail: 'A version can be withdrawn until its day. Schedule a new version.',
    },
    'own-proposal': {
      title: 'Somebody else confirms this proposal',
      detail: 'Who proposed it and the person concerned cannot confirm it.',
    },
    'municipality-not-accepted': {
      title: 'This has not been done yet',
      detail: 'Accept each of the municipalities named first, or choose otherwise.',
    },
    'holds-appointment': {
      title: 'This person is still process manager or operator',
      detail: 'Have an operator of the region end that role first.',
    },
    'too-many-requests': { title: 'Too many requests', detail: 'Wait a moment and try again.' },
    unavailable: { title: 'Not available for the moment', detail: 'Try again in a few minutes.' },
    internal: {
      title: 'Something went wrong',
      detail: 'Try again later; tell the operator if it stays.',
    },
  },
  crash: {
    title: 'This screen cannot be shown',
    detail: 'What you had sent is kept. Load the page again; tell your operator if it stays.',
  },
};
