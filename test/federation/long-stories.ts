/** Stories that need a federation of their own, a minute each: test/long plays them, npm test only reads them. */
export const LONG_STORIES = [
  'move-to-another-region-protected-address.yaml',
  'new-covenant.yaml',
  'organisation-leaves.yaml',
];
/** Stories that are played with a population of their own. */
export const ON_TEST_SET = 'half-brothers-of-the-test-set.yaml';
export const ON_IRREGULAR_PERSONS = 'halves-without-enrolment-dates.yaml';
