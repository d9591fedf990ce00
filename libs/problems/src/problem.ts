import { HttpException } from '@nestjs/common';
import { CATALOGUE, type ProblemCode } from './catalogue.js';

/** A field that is wrong: its path in the request (`youth.bsn`, `entries[0].name`), a code for programs, a reason for people. */
export interface InvalidParam {
  name: string;
  code: string;
  reason: string;
}

/** What a problem adds to its catalogue entry. Nothing here may repeat personal data. */
export interface ProblemExtra {
  detail?: string;
  invalidParams?: InvalidParam[];
  /** Seconds after which it is worth trying again: leaves as `Retry-After`. */
  retryAfter?: number;
  /** Further members of the problem document (RFC 9457 §3.2). */
  members?: Record<string, string | number>;
}

/** An error for the person or program that asked: leaves as `application/problem+json` (RFC 9457). */
export class Problem extends HttpException {
  constructor(
    readonly code: ProblemCode,
    readonly extra: ProblemExtra = {},
  ) {
    super(code, CATALOGUE[code].status);
  }

  /** The problem document as it goes over the wire. */
  document(): Record<string, unknown> {
    const { number, status, title, detail } = CATALOGUE[this.code];
    return {
      type: `urn:verwijsindex:problem:${this.code}`,
      title,
      status,
      detail: this.extra.detail ?? detail,
      code: this.code,
      number,
      ...(this.extra.invalidParams ? { invalidParams: this.extra.invalidParams } : {}),
      ...this.extra.members,
    };
  }
}

/** One wrong field, as the whole problem. */
export const invalidField = (name: string, code: string, reason: string): Problem =>
  new Problem('invalid-input', { invalidParams: [{ name, code, reason }] });
