/** Tells somebody who watches what is going on, one line at a time. */
export type Log = (line: string) => void;
