import type { ContactDetails, Lead, PossibleMatch } from './match-picture.types.js';
import type { Involved } from './rules/who-matches.rule.js';

/** What a mail about a match is written from. Nothing about the youth is in it. */
export interface MatchMail {
  indexName: string;
  receiver: string;
  /** The receiver's own signal; absent for a process manager. */
  signalNumber?: string;
  /** The absent colleague whose signal it is. */
  standsInFor?: string;
  involved: readonly Involved[];
  /** What may be a match, and waits for both sides to confirm it. */
  possible: readonly PossibleMatch[];
  lead?: Lead;
  leadIsReceiver: boolean;
  /** Whether the receiver was told of this match before. */
  isUpdate: boolean;
  /** Whether the covenant lets a mail name people of this kind of organisation. */
  mayName: (kind: string) => boolean;
  /** Where to log in to see who is not named. */
  portal: string;
  nameOfRegion: (region: string) => string;
}

/** The subject line, which travels in the clear: it says that there is something, not what. */
export const subjectOf = ({
  indexName,
  involved,
  possible,
  signalNumber,
  standsInFor,
  isUpdate,
}: MatchMail): string => {
  if (involved.length + possible.length === 0) return `${indexName}: een match is beëindigd`;
  const where =
    signalNumber === undefined
      ? 'in uw gemeente'
      : standsInFor === undefined
        ? 'bij uw signaal'
        : 'bij een signaal waarvoor u waarneemt';
  const what = involved.length === 0 ? 'mogelijke match' : 'match';
  return `${indexName}: ${isUpdate ? `wijziging in de ${what}` : what} ${where}`;
};

/** The plain text of the mail, in Dutch. */
export function textOf(mail: MatchMail): string {
  const about = aboutWhat(mail);
  if (mail.involved.length + mail.possible.length === 0) {
    return paragraphs([
      `Beste ${mail.receiver},`,
      `De match ${about} is beëindigd: er is niemand anders meer bij betrokken.`,
      'U hoeft niets te doen.',
      closing(mail),
    ]);
  }
  const same = mail.involved.filter(({ kind }) => kind === 'same-youth');
  const siblings = mail.involved.filter(({ kind }) => kind === 'sibling');
  const alike = mail.involved.filter(({ kind }) => kind === 'possibly-same-youth');
  const toVerify = alike.some(({ entry }) => entry.verify) || mail.possible.some(({ verify }) => verify);
  if (mail.involved.length === 0) {
    return paragraphs([
      `Beste ${mail.receiver},`,
      `Er is mogelijk een match ${about}.`,
      possibleText(mail),
      toVerify ? verifyText : '',
      closing(mail),
    ]);
  }
  return paragraphs([
    `Beste ${mail.receiver},`,
    mail.isUpdate
      ? `De match ${about} is gewijzigd. Hieronder staat wie er nu bij betrokken zijn.`
      : `Er is een match ${about}. Neem contact op met de andere betrokkenen.`,
    same.length > 0 ? list(mail, 'Betrokken bij dezelfde jeugdige:', same) : '',
    siblings.length > 0
      ? list(mail, 'Betrokken bij een broer of zus (het gaat om verschillende jeugdigen):', siblings)
      : '',
    alike.length > 0
      ? list(mail, 'Betrokken bij mogelijk dezelfde jeugdige, zoals u beiden hebt bevestigd:', alike)
      : '',
    mail.possible.length > 0 ? possibleText(mail) : '',
    toVerify ? verifyText : '',
    leadText(mail),
    'Bespreek pas inhoud als ten minste een van u toestemming heeft, of bij een conflict van plichten.',
    closing(mail),
  ]);
}

const possibleText = ({ possible, portal }: MatchMail): string =>
  [
    `${possible.length === 1 ? 'Een ander signaal gaat' : `${possible.length} andere signalen gaan`} mogelijk over dezelfde jeugdige: naam, geboortedatum en geslacht komen overeen, een BSN is er niet.`,
    possible.some(({ confirmedByThem, confirmedByUs }) => confirmedByThem && !confirmedByUs)
      ? 'De ander heeft al bevestigd dat het om dezelfde jeugdige kan gaan.'
      : '',
    `Geef na inloggen aan of het om dezelfde jeugdige kan gaan: ${portal}`,
    'Pas als u beiden dat bevestigt, ziet u elkaars contactgegevens.',
  ]
    .filter((line) => line !== '')
    .join('\n');

const verifyText =
  'Van een van hen is het BSN van de jeugdige inmiddels bekend. Ga na of u het BSN ook kunt vaststellen: dan is zeker of het om dezelfde jeugdige gaat.';

function aboutWhat({ signalNumber, standsInFor }: MatchMail): string {
  if (signalNumber === undefined) return 'waarvoor u als procesmanager matchregisseur bent';
  return standsInFor === undefined
    ? `bij uw signaal ${signalNumber}`
    : `bij het signaal ${signalNumber} van ${standsInFor}, voor wie u waarneemt`;
}

function leadText(mail: MatchMail): string {
  const { lead, leadIsReceiver, nameOfRegion } = mail;
  if (!lead) return 'Matchregisseur: de naam volgt in een volgend bericht.';
  const region = nameOfRegion(lead.leadingRegion);
  const because =
    lead.because === 'process-manager'
      ? `Volgens het convenant van ${region} is dat de procesmanager, omdat geen van de betrokken organisaties de regie heeft.`
      : lead.because === 'appointed'
        ? `${region} heeft deze matchregisseur aangewezen.`
        : `Volgens het convenant van ${region} gaat de regie naar dit soort organisatie.`;
  return [
    leadIsReceiver
      ? 'Matchregisseur: dat bent u.'
      : `Matchregisseur:\n${mayNameLead(mail, lead) ? person(lead.contact) : afterLogin(mail)}`,
    because,
    'De matchregisseur zorgt ervoor dat alle betrokkenen contact met elkaar krijgen.',
  ].join('\n');
}

const person = (
  { name, function: role, organisation, phone, email, location, locationPhone }: ContactDetails,
  standsInFor?: string,
): string =>
  `- ${name}, ${role}, ${organisation}${standsInFor === undefined ? '' : ` (neemt waar voor ${standsInFor})`}\n  telefoon ${phone}\n  e-mail ${email}${location === undefined ? '' : `\n  locatie ${location}${locationPhone === undefined ? '' : `, telefoon ${locationPhone}`}`}`;

const afterLogin = ({ portal }: MatchMail, people = 1): string =>
  `- ${people === 1 ? 'iemand die' : `${people} mensen die`} u na inloggen ziet: ${portal}`;

/** A process manager is always named; of whoever is not among those involved the kind is not known. */
function mayNameLead({ involved, mayName }: MatchMail, { entryId }: Lead): boolean {
  if (entryId === undefined) return true;
  const kinds = involved.flatMap(({ entry }) => (entry.entryId === entryId ? [entry.kind] : []));
  return (kinds.length > 0 ? kinds : ['']).every(mayName);
}

const list = (mail: MatchMail, title: string, involved: readonly Involved[]): string => {
  const named = involved.filter(({ entry }) => mail.mayName(entry.kind));
  return [
    title,
    ...named.map(({ entry }) => person(entry.contact, entry.standsInFor)),
    ...(named.length < involved.length ? [afterLogin(mail, involved.length - named.length)] : []),
  ].join('\n');
};

const closing = (mail: MatchMail): string =>
  `${mail.indexName}\n\nDit bericht is automatisch verstuurd en noemt geen reden van signalen: die staan nergens in de verwijsindex.`;

const paragraphs = (parts: readonly string[]): string =>
  `${parts.filter((part) => part !== '').join('\n\n')}\n`;
