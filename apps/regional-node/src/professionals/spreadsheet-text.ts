/** What Windows-1252 has where Latin-1 has control characters, from 0x80 to 0x9f. `TextDecoder` of Node.js 20 leaves these out. */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/**
 * The text of a file as an office program writes it: UTF-16 when it begins with that byte order mark, UTF-8 when it is valid UTF-8, else
 * Windows-1252. The last is a guess that every file fits, so the reader must look at the names.
 */
export function textOf(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return bytes
      .toString('latin1')
      .replace(/[\u0080-\u009f]/g, (sign) => WINDOWS_1252[sign.charCodeAt(0) - 0x80]!);
  }
}
