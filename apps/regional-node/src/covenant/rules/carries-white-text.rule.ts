/** Contrast with the text on it that a colour needs at least, to 1. */
const CONTRAST = 4.5;

/**
 * The colour of an index stands behind white text, so it is dark enough for people who see less sharply.
 * @param colour `#rrggbb`
 * @source WCAG 2.2, success criterion 1.4.3; Besluit digitale toegankelijkheid overheid
 */
export const carriesWhiteText = (colour: string): boolean => 1.05 / (luminance(colour) + 0.05) >= CONTRAST;

/** Relative luminance as WCAG 2.2 defines it: 0 for black, 1 for white. */
function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
