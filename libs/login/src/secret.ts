import { createHash, randomBytes } from 'node:crypto';

/** 32 random bytes in base64url: what a browser keeps to be recognised by. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** SHA-256 of a secret: all that the database keeps, so that a copy of it opens no session. */
export const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();
