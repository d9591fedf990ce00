/** The name of the file with the settings of a program: `key-holder 1` → `key-holder-1.env`. */
export const environmentFile = (program: string): string => `${program.replaceAll(' ', '-')}.env`;
