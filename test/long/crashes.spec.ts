import { PARTS } from '../../deploy/local/environments.js';
import { killWhileFiling } from '../federation/crashes.js';

// npm test kills one of each program
killWhileFiling([PARTS.keyHolder(1), PARTS.keyHolder(2), 'jeugdmatch', 'rijnmond']);
