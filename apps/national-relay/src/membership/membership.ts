import { Injectable } from '@nestjs/common';
import { errorKind, ProgramLogger } from '#libs/observability';
import { Problem, type InvalidParam } from '#libs/problems';
import {
  ChangeRefused,
  CODES_AS_THEY_ARE,
  UntrustedRegister,
  withNewRegion,
  withState,
  type Finding,
  type RegionRegister,
  type SignedRegister,
} from '#libs/protocol';
import { HubAccounts, HubStreams } from '../hub/index.js';
import { Register } from '../register/index.js';
import type { Change, ChangeRequest, ChangeView, MembershipView } from './dto/views.js';

const DAILY_QUOTA = 5_000;
const STATE = { suspend: 'suspended', readmit: 'admitted', remove: 'removed' } as const;

/**
 * Who takes part, and how that changes. The key that decides is on the coordinator's own machine, and what is signed is made there: a relay
 * that somebody broke into could otherwise have the coordinator sign a region of its own. So this program only looks whether a change could
 * be made, says how to sign it, and takes what was signed.
 */
@Injectable()
export class Membership {
  constructor(
    private readonly register: Register,
    private readonly streams: HubStreams,
    private readonly hub: HubAccounts,
    private readonly logger: ProgramLogger,
  ) {}

  /** The register in force, and who follows it. */
  async view(): Promise<MembershipView> {
    const { version, issuedAt, epoch, regions } = this.register.current();
    return {
      ...{ version, issuedAt, epoch, regions },
      relayFollows: this.streams.version === version,
      hubFollows: await this.hub.follow(),
    };
  }

  /** The register in force as the coordinator signed it. */
  signed(): SignedRegister {
    return JSON.parse(Buffer.from(this.register.signed()).toString('utf8')) as SignedRegister;
  }

  /** What has to be signed for a change. @throws Problem `invalid-input` naming everything that stands in its way */
  check(request: ChangeRequest): ChangeView {
    const before = this.register.current();
    const after = changed(before, request);
    const id = request.region ?? (request.application as { id: string }).id;
    return {
      version: before.version + 1,
      region: after.regions.find((region) => region.id === id)!,
      command: commandOf(request),
    };
  }

  /** Takes a register that the coordinator signed. @throws Problem `register-refused`, and `unavailable` when it cannot be kept */
  async apply(signed: SignedRegister): Promise<MembershipView> {
    try {
      await this.register.apply(signed);
    } catch (error) {
      if (error instanceof UntrustedRegister)
        throw new Problem('register-refused', {
          detail: REFUSED[error.reason],
          members: { reason: error.reason },
        });
      this.logger.warning('register-not-kept', { kind: errorKind(error) });
      throw new Problem('unavailable', {
        detail: 'Het landelijk knooppunt kan het register niet bewaren. Breng het er zelf naartoe.',
      });
    }
    return this.view();
  }
}

function changed(before: RegionRegister, request: ChangeRequest): RegionRegister {
  const { change, region, application, dailyQuota } = request;
  try {
    return change === 'admit'
      ? // the command that signs has the table of municipalities
        withNewRegion(before, application, dailyQuota ?? DAILY_QUOTA, CODES_AS_THEY_ARE)
      : withState(before, region!, STATE[change]);
  } catch (error) {
    if (!(error instanceof ChangeRefused)) throw error;
    throw new Problem('invalid-input', { invalidParams: error.findings.map(invalidParamOf) });
  }
}

const COMMANDS: Record<Change, (request: ChangeRequest) => string> = {
  admit: ({ dailyQuota = DAILY_QUOTA }) => `add application.json --quota ${dailyQuota}`,
  suspend: ({ region }) => `suspend ${region}`,
  readmit: ({ region }) => `readmit ${region}`,
  remove: ({ region }) => `remove ${region}`,
};
const commandOf = (request: ChangeRequest): string =>
  `npm run region -- ${COMMANDS[request.change](request)}`;

const REASONS: Record<Finding['code'], string> = {
  unknown: 'Dit veld hoort niet in een aanvraag.',
  ended: 'Deze gemeente bestaat niet meer.',
  malformed: 'Dit veld ontbreekt of heeft niet de juiste vorm.',
  taken: 'Dit is al van een andere deelnemer.',
  repeated: 'Hier staat twee keer hetzelfde.',
  absent: 'Deze regio staat niet in het register.',
  unchanged: 'Deze regio heeft die status al.',
  removed: 'Deze regio is verwijderd en moet zich opnieuw aanmelden.',
};
const invalidParamOf = ({ field, code, owner }: Finding): InvalidParam => ({
  name: field,
  code,
  reason: owner === undefined ? REASONS[code] : `${REASONS[code].slice(0, -1)}: ${owner}.`,
});

const REFUSED: Record<UntrustedRegister['reason'], string> = {
  'not-signed': 'De handtekening is niet die van de landelijk coördinator.',
  malformed: 'Het register is niet volledig of niet goed gevormd.',
  'other-relay': 'Het register noemt een ander landelijk knooppunt.',
  older: 'Er is al een nieuwere versie van kracht, of een andere met dit nummer.',
};
