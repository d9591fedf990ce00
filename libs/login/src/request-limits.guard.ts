import { Inject, Injectable, SetMetadata, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { MINUTE, SECOND } from '#libs/clock';
import { Problem } from '#libs/problems';
import type { Response } from 'express';
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { DataSource } from 'typeorm';
import type { IdentifiedRequest } from './identity.js';
import { LOGIN_OPTIONS, type LoginOptions } from './login.options.js';
import { hashOf } from './secret.js';

const COUNTED_TOGETHER = 'login:counted-together';
/** Ten a second: a screen asks for about ten things when it opens, and then one every few seconds. */
const REQUESTS_PER_MINUTE = 600;
/** At an address without login: a town hall of 1,000 people, whose screens ask for three things each when they come in. */
const PERSONS_AT_AN_ADDRESS = 5;

/** Marks a handler of which all instances of the app count the requests together. */
export const CountedTogether = () => SetMetadata(COUNTED_TOGETHER, true);

/**
 * Refuses more requests a minute than people make. Whoever is logged in counts for themselves, wherever they are; who is not, counts with
 * all others at the address. What is asked outside API and login (health, figures, screens) is not counted.
 */
@Injectable()
export class RequestLimits implements CanActivate {
  private readonly persons: RateLimiterMemory;
  private readonly addresses: RateLimiterMemory;
  private readonly logins: RateLimiterPostgres;

  constructor(
    @Inject(LOGIN_OPTIONS) { requestsPerMinute = REQUESTS_PER_MINUTE }: LoginOptions,
    dataSource: DataSource,
    private readonly reflector: Reflector,
  ) {
    const aMinute = { points: requestsPerMinute, duration: MINUTE / SECOND, keyPrefix: '' };
    this.persons = new RateLimiterMemory(aMinute);
    this.addresses = new RateLimiterMemory({ ...aMinute, points: requestsPerMinute * PERSONS_AT_AN_ADDRESS });
    this.logins = new RateLimiterPostgres({
      ...aMinute,
      ...{ storeClient: dataSource, storeType: 'typeorm', tableName: 'request_count', tableCreated: true },
      // the same address is over its limit for the rest of the minute without another look
      inMemoryBlockOnConsumed: requestsPerMinute + 1,
    });
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const request = context.switchToHttp().getRequest<IdentifiedRequest>();
    if (!/^\/(api|auth)\//.test(request.originalUrl)) return true;
    try {
      await this.count(request, context);
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      const seconds = Math.max(1, Math.ceil(error.msBeforeNext / SECOND));
      context.switchToHttp().getResponse<Response>().setHeader('Retry-After', seconds);
      throw new Problem('too-many-requests');
    }
    return true;
  }

  private count({ identity, ip }: IdentifiedRequest, context: ExecutionContext): Promise<RateLimiterRes> {
    if (identity) return this.persons.consume(identity.subject);
    const address = networkOf(ip ?? '');
    return this.reflector.get<boolean | undefined>(COUNTED_TOGETHER, context.getHandler())
      ? this.logins.consume(hashOf(address).toString('base64url'))
      : this.addresses.consume(address);
  }
}

/** An address, of version 6 the network that one house has: its first 64 bits. */
function networkOf(address: string): string {
  if (!address.includes(':') || address.startsWith('::ffff:')) return address;
  const [head = '', tail = ''] = address.split('::');
  const [before, after] = [head, tail].map((part) => (part === '' ? [] : part.split(':'))) as [
    string[],
    string[],
  ];
  const zeros = Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0');
  return [...before, ...zeros, ...after].slice(0, 4).join(':');
}
