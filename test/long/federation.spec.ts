import { PARTS } from '../../deploy/local/environments.js';
import { Federation } from '../../deploy/local/federation.js';
import { killWhileFiling } from '../federation/crashes.js';
import { fileAtTheSameInstant } from '../federation/same-instant.js';

let federation: Federation;
beforeAll(async () => {
  federation = await Federation.start();
}, 600_000);
afterAll(() => federation?.stop());

// npm test has them do so three times
fileAtTheSameInstant(10, () => federation);

// npm test kills one of each program
describe('a program that is killed while three regions file', () =>
  killWhileFiling([PARTS.keyHolder(1), PARTS.keyHolder(2), 'jeugdmatch', 'rijnmond'], () => federation));
