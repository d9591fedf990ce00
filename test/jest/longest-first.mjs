import Sequencer from '@jest/test-sequencer';

/** Suites that take more than half a minute, the longest first; see the budget in test/README.md. */
const LONG = [
  'test/federation/federation.spec.ts',
  'test/federation/stories.spec.ts',
  'test/faults/faults.spec.ts',
  'test/privacy/walk/walk.spec.ts',
  'test/browser/portal.spec.ts',
  'test/privacy/privacy.spec.ts',
  'test/browser/console.spec.ts',
  'test/browser/held.spec.ts',
  'test/misuse/access-matrix.spec.ts',
  'test/misuse/contact-data.spec.ts',
  'test/misuse/looking-up.spec.ts',
  'test/federation/probes.spec.ts',
  'apps/key-holder/test/ceremony.spec.ts',
  'apps/key-holder/test/evaluation.spec.ts',
  'apps/national-relay/test/restart.spec.ts',
  'apps/national-relay/src/tags/tags.spec.ts',
  'test/misuse/no-reason.spec.ts',
  'test/hub/region.spec.ts',
  'test/federation/national-reporter.spec.ts',
  'apps/regional-node/src/covenant-changes/covenant-changes.api.spec.ts',
  'apps/regional-node/src/professionals/absences.api.spec.ts',
  'apps/regional-node/src/logins/logins.api.spec.ts',
  'libs/messaging/src/federation-transport.spec.ts',
  'apps/regional-node/src/signals/life-of-a-signal.spec.ts',
];

/** Starts long suites first, so that no worker is left alone with one at the end; the others as jest does, by size. */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    const place = ({ path }) => {
      const known = LONG.findIndex((name) => path.endsWith(`/${name}`));
      return known === -1 ? LONG.length : known;
    };
    return super.sort(tests).sort((a, b) => place(a) - place(b));
  }
}
