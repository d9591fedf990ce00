/** Why a cell cannot be taken over: a code for programs, a sentence for people. */
export interface CellProblem {
  code: string;
  reason: string;
}

/** A cell as it was meant: composed letters, plain spaces, and nothing around it. */
export const tidy = (cell: string): string =>
  cell
    .normalize('NFC')
    .replace(/\p{Zs}+/gu, ' ')
    .trim();

/** Nine digits that are a Dutch number with a 0 before them: of a place, a mobile telephone, 082, 084, 085, 087 or 088. */
const WITHOUT_ZERO = /^(?:[1-57]\d{8}|6[1-58]\d{7}|8[24578]\d{7})$/;

/** A telephone number as it was meant, where that is certain: with the 0 or + that a spreadsheet dropped, and with plain hyphens. */
export function restorePhone(cell: string): string {
  if (WITHOUT_ZERO.test(cell)) return `0${cell}`;
  if (cell.startsWith('31') && WITHOUT_ZERO.test(cell.slice(2))) return `+${cell}`;
  return cell.replace(/[\u2010-\u2015\u2212]/g, '-');
}

// a +, - or @ of full width counts as the plain one in some spreadsheets
const FORMULA = /^[\t\r]|^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/;
const PLUS = /^\s*\+/;
/** `#NAAM?`, `#N/B`, `#DEEL/0!`, `####`. */
const ERROR_VALUE = /^#(?:#+|[\p{Lu}\d/]{2,}[!?]?)$/u;
/** A letter that was lost, or UTF-8 that was read as Windows-1252: `Ã©` for `é`. */
const LOST_LETTERS = /\ufffd|[ÂÃÄÅ][\u00a0-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]/;
const SCIENTIFIC = /^\d+(?:[.,]\d+)?E[+-]?\d+$/i;
/** A number to a spreadsheet; numbers of a municipality (14 and its area code) begin with no 0. */
const NUMBER = /^(?!140\d{2,3}$)[1-9]\d*(?:[.,]\d+)*$/;
/** A spreadsheet keeps fifteen digits, and writes zeros for the others. */
const ROUNDED = /^[1-9]\d{14}0+$/;

/**
 * What is wrong with a cell that a spreadsheet wrote, as far as no validator of the column knows it.
 * @param raw the cell as it stands in the file
 * @param value the cell as it was meant
 */
export function problemIn(column: string, raw: string, value: string): CellProblem | undefined {
  if (FORMULA.test(raw) && !(column === 'phone' && PLUS.test(raw)))
    return {
      code: 'formula',
      reason: 'Deze cel begint met =, +, -, @ of een tab, zoals een formule. Haal dat teken weg.',
    };
  if (ERROR_VALUE.test(value))
    return { code: 'errorValue', reason: 'Hier staat een foutmelding van het rekenblad.' };
  if (LOST_LETTERS.test(value))
    return {
      code: 'lostLetters',
      reason: 'Hier zijn letters verminkt. Verbeter ze en bewaar het bestand als CSV UTF-8.',
    };
  if (column === 'phone' && (SCIENTIFIC.test(value) || NUMBER.test(value)))
    return {
      code: 'number',
      reason:
        'Het rekenblad heeft van dit telefoonnummer een getal gemaakt. Maak van de kolom tekst en vul het nummer opnieuw in, met de 0 vooraan.',
    };
  if (column === 'subject' && (SCIENTIFIC.test(value) || ROUNDED.test(value)))
    return {
      code: 'number',
      reason:
        'Het rekenblad heeft van deze inlognaam een getal gemaakt. Maak van de kolom tekst en vul de inlognaam opnieuw in.',
    };
  return undefined;
}

/** Whether a subject of digits alone lacks the zeros with which others of the same length begin. */
export const lacksZeros = (subject: string, others: readonly string[]): boolean =>
  /^[1-9]\d*$/.test(subject) && others.some((other) => /^0\d+$/.test(other) && other.length > subject.length);

/** The sentence for a subject that `lacksZeros`. */
export const LACKS_ZEROS: CellProblem = {
  code: 'zeros',
  reason:
    'Andere inlognamen beginnen met een 0 en deze niet. Waarschijnlijk heeft het rekenblad de nullen weggehaald. Maak van de kolom tekst en vul de inlognaam opnieuw in.',
};
