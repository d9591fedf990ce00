/**
 * Words in and before a surname that one writes and another leaves out.
 * The canonical form of youths without BSN leaves them out: another word here would part new signals from old ones.
 */
export const PARTICLES: ReadonlySet<string> = new Set([
  ...['van', 'de', 'der', 'den', 'd', 'het', 't', 's', 'te', 'ten', 'ter', 'in', 'op', 'aan', 'bij', 'uit'],
  ...['onder', 'over', 'voor', 'von', 'vom', 'zu', 'zum', 'zur', 'la', 'le', 'les', 'l', 'du', 'des', 'di'],
  ...['da', 'del', 'della', 'do', 'dos', 'das', 'el', 'al', 'ul', 'af', 'av'],
]);

/**
 * Words of which the prefixes of a surname consist (national table 36 of the person register), and how people
 * shorten them: the particles, and words that the canonical form takes for a part of the name.
 */
export const PREFIX_WORDS: ReadonlySet<string> = new Set([
  ...PARTICLES,
  ...['ver', 'vor', 'tho', 'thoe', 'thor', 'to', 'toe', 'tot', 'gen', 'uijt', 'uyt', 'by', 'boven', 'die'],
  ...['een', 'of', 'am', 'auf', 'aus', 'dem', 'im', 'm', 'unter', 'z', 'ben', 'bin', 'dal', 'dalla', 'deca'],
  ...['degli', 'dei', 'dello', 'don', 'gli', 'i', 'las', 'lo', 'los'],
  ...['v', 'h', 'vd', 'vdn', 'vdr', 'vh', 'vt', 'vande', 'vanden', 'vander'],
]);
