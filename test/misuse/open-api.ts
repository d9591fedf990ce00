/** What an OpenAPI document says of an operation, as far as tests use it. */
export interface Operation {
  method: 'get' | 'post' | 'put' | 'patch';
  /** Under `/api/v1`, with its parameters: `/signals/{id}`. */
  path: string;
  responses: Record<string, { content?: Record<string, { schema?: object }> }>;
  security?: object[];
  parameters: { name: string; in: 'path' | 'query'; required?: boolean; schema?: object }[];
  /** Schema of the JSON body. */
  body?: object;
}

export interface OpenApi {
  paths: Record<
    string,
    Record<
      string,
      Omit<Operation, 'method' | 'path' | 'body'> & {
        requestBody?: { content: Record<string, { schema: object }> };
      }
    >
  >;
  components: { schemas: Record<string, object>; securitySchemes?: Record<string, object> };
}

const PREFIX = '/api/v1';

export const operationsOf = ({ paths }: OpenApi): Operation[] =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { requestBody, ...operation }]) => ({
      ...operation,
      parameters: operation.parameters ?? [],
      method: method as Operation['method'],
      path: path.slice(PREFIX.length),
      ...(requestBody ? { body: requestBody.content['application/json']?.schema ?? {} } : {}),
    })),
  );

export const nameOf = ({ method, path }: Pick<Operation, 'method' | 'path'>): string =>
  `${method} ${path.slice(1)}`;
