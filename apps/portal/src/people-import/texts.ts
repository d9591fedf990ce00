type Fields = Record<string, string>;

const fieldsNl = {
  subject: 'Inlognaam',
  name: 'Naam',
  function: 'Functie',
  phone: 'Telefoon',
  email: 'E-mail',
  organisation: 'Organisatie',
  designated: 'Aangewezen',
  location: 'Locatie',
  line: 'Hele regel',
};
const fieldsEn: typeof fieldsNl = {
  subject: 'Login name (Inlognaam)',
  name: 'Name (Naam)',
  function: 'Function (Functie)',
  phone: 'Telephone (Telefoon)',
  email: 'E-mail',
  organisation: 'Organisation (Organisatie)',
  designated: 'Designated (Aangewezen)',
  location: 'Location (Locatie)',
  line: 'Whole line',
};

const nl = {
  title: 'Mensen invoeren uit een bestand',
  lead: 'Download het lege bestand, vul voor elke persoon een regel in en bewaar het als CSV. U controleert het bestand eerst. Klopt één regel niet, dan verandert er niets.',
  template: 'Leeg bestand downloaden (CSV)',
  columns: 'Wat staat er in elke kolom?',
  columnHelp: (organisation: string): [string, string][] => [
    [
      fieldsNl.subject,
      'Het kenmerk waarmee uw inlogvoorziening deze persoon kent. De beheerder van die voorziening kan het u geven. Het is vaak geen e-mailadres. Iemand die al bij de organisatie staat, herkennen we hieraan.',
    ],
    [fieldsNl.name, 'Voornaam en achternaam, zoals anderen die zien na een match.'],
    [fieldsNl.function, 'Een functie uit de lijst van het convenant, bijvoorbeeld Leerkracht.'],
    [
      fieldsNl.phone,
      'Het nummer waarop anderen deze persoon bereiken. Maak van deze kolom tekst, anders haalt het rekenblad de 0 vooraan weg.',
    ],
    [fieldsNl.email, 'Eén e-mailadres. Hierheen gaan berichten over een match.'],
    [fieldsNl.organisation, `De naam van de organisatie. Uw organisatie heet ${organisation}.`],
    [fieldsNl.designated, 'Ja als deze persoon signalen mag afgeven, anders nee.'],
    [
      fieldsNl.location,
      'Deze kolom mag u weglaten. Vul de naam van de locatie in. Laat de cel leeg voor geen vaste locatie.',
    ],
  ],
  fields: fieldsNl as Fields,
  file: 'Kies een bestand',
  hint: 'Een CSV-bestand met ten hoogste 2.000 mensen. In Excel: Opslaan als, CSV UTF-8.',
  gone: 'Het bestand is veranderd nadat u het koos. Kies het opnieuw.',
  text: 'Of plak de tekst',
  check: 'Controleren',
  enter: 'Invoeren',
  busy: 'Bezig met het bestand. Dit kan een halve minuut duren…',
  tried: 'Het bestand klopt. Er is nog niets ingevoerd.',
  triedHint: 'Staan de namen hieronder goed, ook letters met een accent? Kies dan Invoeren.',
  done: 'Ingevoerd.',
  counts: (added: number, changed: number, unchanged: number) =>
    `Nieuw: ${added}. Gewijzigd: ${changed}. Gelijk gebleven: ${unchanged}.`,
  refused: (lines: number) =>
    lines === 1
      ? 'Er is niets veranderd: één regel klopt niet.'
      : `Er is niets veranderd: ${lines} regels kloppen niet.`,
  refusedHint: 'Verbeter het bestand, kies het opnieuw en controleer het nog een keer.',
  more: (shown: number, all: number) => `Hier staan de eerste ${shown} van ${all} regels.`,
  line: 'Regel',
  lineOf: (line: number) => `Regel\u00a0${line}`,
  name: 'Naam',
  outcome: 'Uitkomst',
  wrong: 'Wat er niet klopt',
  outcomes: { added: 'Nieuw', changed: 'Gewijzigd', unchanged: 'Gelijk', refused: 'Geweigerd' },
};

const en: typeof nl = {
  title: 'Enter people from a file',
  lead: 'Download the empty file, fill in a line for each person and save it as CSV. You check the file first. If one line is wrong, nothing changes.',
  template: 'Download an empty file (CSV)',
  columns: 'What goes in each column?',
  columnHelp: (organisation) => [
    [
      fieldsEn.subject,
      'The identifier by which your identity provider knows this person. Its administrator can give it to you. It is often not an e-mail address. We recognise people who are in the organisation already by it.',
    ],
    [fieldsEn.name, 'First name and surname, as others see them after a match.'],
    [fieldsEn.function, 'A function from the list of the covenant, for example Leerkracht.'],
    [
      fieldsEn.phone,
      'The number at which others reach this person. Format this column as text, or the spreadsheet removes the leading 0.',
    ],
    [fieldsEn.email, 'One e-mail address. Messages about a match go there.'],
    [fieldsEn.organisation, `The name of the organisation. Yours is ${organisation}.`],
    [fieldsEn.designated, 'Ja (yes) if this person may file signals, else nee (no).'],
    [
      fieldsEn.location,
      'You may leave this column out. Fill in the name of the location. Leave the cell empty for no fixed location.',
    ],
  ],
  fields: fieldsEn,
  file: 'Choose a file',
  hint: 'A CSV file with at most 2,000 people. In Excel: Save As, CSV UTF-8.',
  gone: 'The file changed after you chose it. Choose it again.',
  text: 'Or paste the text',
  check: 'Check',
  enter: 'Enter',
  busy: 'Busy with the file. This can take half a minute…',
  tried: 'The file is right. Nothing is entered yet.',
  triedHint: 'Are the names below right, letters with accents too? Then choose Enter.',
  done: 'Entered.',
  counts: (added, changed, unchanged) => `New: ${added}. Changed: ${changed}. The same: ${unchanged}.`,
  refused: (lines) =>
    lines === 1
      ? 'Nothing was changed: one line is not right.'
      : `Nothing was changed: ${lines} lines are not right.`,
  refusedHint: 'Correct the file, choose it again and check it once more.',
  more: (shown, all) => `These are the first ${shown} of ${all} lines.`,
  line: 'Line',
  lineOf: (line) => `Line\u00a0${line}`,
  name: 'Name',
  outcome: 'Outcome',
  wrong: 'What is wrong',
  outcomes: { added: 'New', changed: 'Changed', unchanged: 'The same', refused: 'Refused' },
};

export const peopleImport = { nl, en };
