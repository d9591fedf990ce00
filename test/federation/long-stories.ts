/** Stories that need a federation of their own, a minute each: test/long plays them, npm test only reads them. */
export const LONG_STORIES = [
  'move-to-another-region-protected-address.yaml',
  'new-covenant.yaml',
  'organisation-leaves.yaml',
];
/** Stories that leave traces that do not meet: of other youths each, in this order, and who departs is not in a later one. */
export const IN_ORDER = [
  'move-to-another-region.yaml',
  'moves-and-death.yaml',
  'first-of-january.yaml',
  'time-passes.yaml',
  'archive-of-another-region.yaml',
  'expiry-and-archive.yaml',
  'departure.yaml',
];
/** Stories that are played with a population of their own. */
export const ON_TEST_SET = 'half-brothers-of-the-test-set.yaml';
export const ON_IRREGULAR_PERSONS = 'halves-without-enrolment-dates.yaml';
