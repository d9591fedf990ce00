import type { OpenAPIObject } from '@nestjs/swagger';
import { CATALOGUE } from '#libs/problems';

/** Name of the security scheme: the cookie of a session. */
export const SESSION = 'session';
/** What `@Public()` of the login leaves in the description of an operation. */
const PUBLIC = 'x-public';
const METHODS = ['get', 'put', 'post', 'patch', 'delete'] as const;
const WITHOUT_BODY = ['get', 'delete'];

const text = { type: 'string' };
const PROBLEM = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'code', 'number'],
  properties: {
    type: text,
    title: text,
    status: { type: 'integer' },
    detail: text,
    code: { type: 'string', enum: Object.keys(CATALOGUE) },
    number: { type: 'integer' },
    invalidParams: {
      type: 'array',
      maxItems: 100,
      items: {
        type: 'object',
        required: ['name', 'code', 'reason'],
        properties: { name: text, code: text, reason: text },
        additionalProperties: false,
      },
    },
  },
};

/** Adds to every operation what all have in common: whether a session is needed, and with which problems it can be refused. */
export function describeProblems(document: OpenAPIObject): void {
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, Problem: PROBLEM as object },
  };
  for (const path of Object.values(document.paths))
    for (const method of METHODS) {
      const operation = path[method] as (NonNullable<typeof path.get> & Record<string, unknown>) | undefined;
      if (!operation) continue;
      const isPublic = operation[PUBLIC] === true;
      delete operation[PUBLIC];
      operation.security = isPublic ? [] : [{ [SESSION]: [] }];
      const hasBody = !WITHOUT_BODY.includes(method);
      const statuses = [
        ...(hasBody || (operation.parameters ?? []).length > 0 ? [400] : []),
        ...(isPublic ? [] : [401, 403]),
        ...((operation.parameters ?? []).some((each) => 'in' in each && each.in === 'path') ? [404] : []),
        ...(hasBody ? [413, 415] : []),
        429,
      ];
      // `4XX` and `503` stand for what single operations refuse besides, each with its code
      for (const status of [...statuses, '4XX', 503]) operation.responses[status] ??= problem(status);
    }
}

const problem = (status: number | string) => ({
  description: DESCRIPTIONS[status]!,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});

const DESCRIPTIONS: Record<string | number, string> = {
  400: 'The request is not right; `invalidParams` names the fields.',
  401: 'There is no session.',
  403: 'The role gives no access here.',
  404: 'It does not exist, or not for whoever asks.',
  413: 'The body is too large.',
  415: 'The body is not JSON.',
  429: 'Too many requests; `Retry-After` says how many seconds to wait.',
  503: 'Something that this needs cannot be reached. Nothing was changed.',
  '4XX': 'Refused for the reason that `code` names. Nothing was changed.',
};
