import { Walk } from '../privacy/walk/walk.js';
import { World } from '../privacy/walk/world.js';

const STEPS = 60;
const MINUTES = 60_000;

describe('whatever people do for longer', () => {
  let world: World;
  let walk: Walk;
  beforeAll(async () => {
    world = await World.start();
    walk = new Walk(world, 'verwaarlozing-thuis-zwaluwstaart');
  }, 10 * MINUTES);
  afterAll(() => world?.stop());

  it.each([2, 3])(
    'everybody sees what is theirs, and nobody anything else (WALK_SEED=%d)',
    (seed) => walk.take(seed, STEPS),
    30 * MINUTES,
  );
});
