import { PARTS } from '../../deploy/local/environments.js';
import { killWhileFiling } from './crashes.js';

// one of each program; the other key holders and regions are killed by test/long
killWhileFiling([
  PARTS.relay,
  PARTS.keyHolder(0),
  'midden-nederland',
  PARTS.hub,
  PARTS.personRegister,
  PARTS.database,
]);
