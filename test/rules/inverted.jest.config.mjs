import base from '../../jest.config.mjs';

const [pattern, [, options]] = Object.entries(base.transform)[0];

/** Runs pure specs, with one rule inverted: no database, no reporter. */
export default {
  ...base,
  rootDir: '../..',
  globalSetup: undefined,
  globalTeardown: undefined,
  reporters: [],
  maxWorkers: 1,
  transform: { [pattern]: ['<rootDir>/test/rules/inverted-transform.mjs', options] },
};
