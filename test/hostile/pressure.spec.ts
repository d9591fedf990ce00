import { away } from './away.js';
import { figures } from './figures.js';
import { floods } from './floods.js';
import { membership } from './membership.js';
import { inOneWorld } from './world.js';

const world = inOneWorld();

describe('a flood', () => floods(world));
describe('while the relay is away', () => away(world));
describe('membership', () => membership(world));
describe('the figures', () => figures(world));
