/** A field that the server found wrong. */
export interface InvalidParam {
  name: string;
  code: string;
  reason: string;
}

/** What an API answers when it refuses (RFC 9457), as far as screens use it. */
export interface ProblemDocument {
  /** From the catalogue of `libs/problems`, or one of the two that only a browser can know. */
  code: string;
  status: number;
  title: string;
  detail: string;
  invalidParams?: InvalidParam[];
  /** Of `unknown-login`: the identifier of the login of the person at the screen. */
  subject?: string;
}

/** An answer that is not the one that was asked for. */
export class ProblemError extends Error {
  constructor(readonly problem: ProblemDocument) {
    super(problem.code);
  }
}

/** No answer came: the network, or the server, is away. */
export const offline = (): ProblemError =>
  new ProblemError({ code: 'offline', status: 0, title: '', detail: '' });

/** An answer came that is none of the API's: a proxy's error page, for instance. */
export const unreadable = (status: number): ProblemError =>
  new ProblemError({ code: 'unreadable', status, title: '', detail: '' });

/** The problem that an error is, whatever was thrown. */
export const problemOf = (error: unknown): ProblemDocument =>
  error instanceof ProblemError ? error.problem : unreadable(0).problem;
