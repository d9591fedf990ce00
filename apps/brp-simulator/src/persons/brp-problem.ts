import { HttpException } from '@nestjs/common';

/** A wrong parameter, in the words of the BRP API. */
export interface InvalidParam {
  name: string;
  code: string;
  reason: string;
}

const JSON_ONLY = 'Ondersteunde content type: application/json; charset=utf-8.';

/** The errors of the BRP API: status, reference, title, and a detail where it is always the same. */
const KINDS = {
  paramsValidation: {
    status: 400,
    type: 'rfc7231#section-6.5.1',
    title: 'Een of meerdere parameters zijn niet correct.',
  },
  tooManyResults: { status: 400, type: 'rfc7231#section-6.5.1', title: 'Teveel zoekresultaten.' },
  authentication: { status: 401, type: 'rfc7235#section-3.1', title: 'Niet correct geauthenticeerd.' },
  unauthorized: {
    status: 403,
    type: 'rfc7231#section-6.5.3',
    title: 'U bent niet geautoriseerd voor het gebruik van deze API.',
  },
  unauthorizedField: {
    status: 403,
    type: 'rfc7231#section-6.5.3',
    title: 'U bent niet geautoriseerd voor één of meerdere opgegeven field waarden.',
  },
  notFound: { status: 404, type: 'rfc7231#section-6.5.4', title: 'Opgevraagde resource bestaat niet.' },
  methodNotAllowed: {
    status: 405,
    type: 'rfc7231#section-6.5.5',
    title: 'Gebruikte bevragingsmethode is niet toegestaan.',
  },
  notAcceptable: {
    status: 406,
    type: 'rfc7231#section-6.5.6',
    title: 'Gevraagde content type wordt niet ondersteund.',
    detail: JSON_ONLY,
  },
  unsupportedMediaType: {
    status: 415,
    type: 'rfc7231#section-6.5.13',
    title: 'Media Type wordt niet ondersteund.',
    detail: JSON_ONLY,
  },
  serverError: { status: 500, type: 'rfc7231#section-6.6.1', title: 'Interne server fout.' },
} as const satisfies Record<string, { status: number; type: string; title: string; detail?: string }>;

export type BrpProblemCode = keyof typeof KINDS;

/** An error as the BRP API sends it: `application/problem+json` with its own codes (`Foutbericht`, RFC 7807). */
export class BrpProblem extends HttpException {
  constructor(
    readonly code: BrpProblemCode,
    private readonly extra: { detail?: string; invalidParams?: readonly InvalidParam[] } = {},
  ) {
    super(code, KINDS[code].status);
  }

  /** The problem document; `instance` is the path that was called. */
  document(instance: string): Record<string, unknown> {
    const { type, ...kind } = KINDS[this.code];
    return {
      type: `https://datatracker.ietf.org/doc/html/${type}`,
      ...kind,
      ...this.extra,
      instance,
      code: this.code,
    };
  }
}

/** One or more wrong parameters, all reported at once. */
export const invalidParameters = (invalidParams: readonly InvalidParam[]): BrpProblem =>
  new BrpProblem('paramsValidation', {
    detail: `De foutieve parameter(s) zijn: ${invalidParams.map(({ name }) => name).join(', ')}.`,
    invalidParams,
  });
