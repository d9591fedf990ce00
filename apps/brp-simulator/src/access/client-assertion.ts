import { createPublicKey, verify } from 'node:crypto';

/** What an assertion (`private_key_jwt`, RFC 7523) must say. */
export interface ExpectedAssertion {
  /** Public key of the client, in PEM. */
  key: string;
  clientId: string;
  /** Path of the token endpoint, which the audience ends with. */
  path: string;
  now: Date;
}

/** The id of a valid assertion, so that it is accepted once only; undefined for any other text. */
export function assertionId(
  assertion: string,
  { key, clientId, path, now }: ExpectedAssertion,
): string | undefined {
  const [header = '', claims = '', signature = ''] = assertion.split('.');
  if (!isSigned(`${header}.${claims}`, Buffer.from(signature, 'base64url'), key, partOf(header).alg))
    return undefined;
  const { iss, sub, aud, exp, jti } = partOf(claims);
  const audiences: unknown[] = Array.isArray(aud) ? aud : [aud];
  const valid =
    iss === clientId &&
    sub === clientId &&
    audiences.some((audience) => typeof audience === 'string' && audience.endsWith(path)) &&
    typeof exp === 'number' &&
    exp * 1000 > now.getTime();
  return valid && typeof jti === 'string' ? jti : undefined;
}

function isSigned(text: string, signature: Buffer, pem: string, algorithm: unknown): boolean {
  const key = createPublicKey(pem);
  const expected = key.asymmetricKeyType === 'rsa' ? 'RS256' : 'ES256';
  return (
    algorithm === expected &&
    verify('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }, signature)
  );
}

function partOf(part: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
