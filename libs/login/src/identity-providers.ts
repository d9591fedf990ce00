import { Inject, Injectable } from '@nestjs/common';
import { decodeJwt } from 'jose';
import { Problem } from '#libs/problems';
import { IdentityProvider } from './identity-provider.js';
import { LOGIN_OPTIONS, type FurtherProvider, type LoginOptions } from './login.options.js';

/** Where people can log in: one provider, and further ones where there are. */
@Injectable()
export class IdentityProviders {
  private readonly all: readonly IdentityProvider[];
  private readonly byIssuer: ReadonlyMap<string, IdentityProvider>;

  /** @throws ConfigurationError when the key of one cannot be used */
  constructor(@Inject(LOGIN_OPTIONS) private readonly options: LoginOptions) {
    const further = options.furtherProviders ?? [];
    this.all = [
      new IdentityProvider(options, options),
      ...further.map((each) => new IdentityProvider(each, options, each.id)),
    ];
    this.byIssuer = new Map([options, ...further].map(({ issuer }, n) => [issuer, this.all[n]!]));
  }

  /** Those besides the first, for people to choose. */
  further(): Pick<FurtherProvider, 'id' | 'name'>[] {
    return (this.options.furtherProviders ?? []).map(({ id, name }) => ({ id, name }));
  }

  /** @param id empty for the first @throws Problem `not-found` */
  of(id: string): IdentityProvider {
    const provider = this.all.find((each) => each.id === id);
    if (!provider) throw new Problem('not-found');
    return provider;
  }

  /** The provider that a session began at. One that is not there any more is as the first: it cannot end the session there. */
  ofSession({ providerSubject }: { providerSubject: string }): IdentityProvider {
    const [id, rest] = providerSubject.split(' ');
    return this.all.find((each) => rest !== undefined && each.id === id) ?? this.of('');
  }

  /** The provider that a token says it is of; whether that is so, its signature tells. @throws Problem `invalid-input` */
  sayingToBe(token: unknown): IdentityProvider {
    try {
      const provider = this.byIssuer.get(decodeJwt(String(token)).iss ?? '');
      if (provider) return provider;
    } catch {
      // no token at all
    }
    throw new Problem('invalid-input');
  }
}
