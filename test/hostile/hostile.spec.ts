import { archive } from './archive.js';
import { cards } from './cards.js';
import { evaluations } from './evaluations.js';
import { figures } from './figures.js';
import { hub } from './hub.js';
import { messages } from './messages.js';
import { numbers } from './numbers.js';
import { inOneWorld } from './world.js';

const world = inOneWorld();

describe('the hub', () => hub(world));
describe('the relay', () => messages(world));
describe('a region that has a match', () => cards(world));
describe('the archives of other regions', () => archive(world));
describe('where both sides stand', () => numbers(world));
describe('a key holder', () => evaluations(world));
describe('the figures', () => figures(world));
