import { demoRegions, NATIONAL_COORDINATOR } from '../../deploy/local/demo.js';
import { PUBLISHED } from '../../deploy/images/places.js';
import type { StagedFederation } from './stage.js';

const at = (port: number) => ({ url: `http://127.0.0.1:${port}` });

const onlyLocally = (): never => {
  throw new Error(
    'a story can stop parts and move the clock of a federation of its own only, not of one in containers',
  );
};

/** The federation of `docker-compose.federation.yml`, which runs already: as stories reach it, over the published ports. */
export function federationInContainers(): StagedFederation {
  const regions = demoRegions().map((region, place) => ({ ...region, ...at(PUBLISHED.regions + place) }));
  return {
    regions,
    relay: at(PUBLISHED.relay),
    brp: at(PUBLISHED.personRegister),
    idp: {
      ...at(PUBLISHED.identityProvider),
      accounts: [
        ...regions.flatMap(({ id, accounts }) => accounts.map((account) => ({ ...account, region: id }))),
        NATIONAL_COORDINATOR,
      ],
    },
    mails: { ...at(PUBLISHED.mailPage), smtpPort: 0 },
    part: onlyLocally,
    stopPart: onlyLocally,
    startPart: onlyLocally,
    restartWith: onlyLocally,
    clockNow: onlyLocally,
    advanceTime: onlyLocally,
  };
}
