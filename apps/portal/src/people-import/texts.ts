const nl = {
  title: 'Mensen invoeren uit een bestand',
  hint: 'CSV met puntkomma of komma. De eerste regel noemt de kolommen: subject; name; function; phone; email; organisation; designated (ja of nee). Een kolom location mag erbij.',
  file: 'Kies een bestand',
  text: 'Of plak de tekst',
  check: 'Controleren',
  enter: 'Invoeren',
  tried: 'Gecontroleerd. Er is nog niets ingevoerd.',
  done: 'Ingevoerd.',
  refused: 'Er is niets ingevoerd, want een of meer regels kloppen niet.',
  line: 'Regel',
  outcome: 'Uitkomst',
  wrong: 'Wat er niet klopt',
  outcomes: { added: 'Nieuw', changed: 'Gewijzigd', unchanged: 'Gelijk', refused: 'Geweigerd' },
};

const en: typeof nl = {
  title: 'Enter people from a file',
  hint: 'CSV with semicolon or comma. The first line names the columns: subject; name; function; phone; email; organisation; designated (ja or nee). A column location may be added.',
  file: 'Choose a file',
  text: 'Or paste the text',
  check: 'Check',
  enter: 'Enter',
  tried: 'Checked. Nothing is entered yet.',
  done: 'Entered.',
  refused: 'Nothing is entered, since one or more lines are not right.',
  line: 'Line',
  outcome: 'Outcome',
  wrong: 'What is wrong',
  outcomes: { added: 'New', changed: 'Changed', unchanged: 'The same', refused: 'Refused' },
};

export const peopleImport = { nl, en };
