import { ATTACKER, VICTIMS } from './names.js';
import type { World } from './world.js';

/** What also happens to who does nothing wrong: a card is under way when its match ends. */
const INNOCENT = 'unknown-match';

/** At the end: nothing that was refused stayed unseen. */
export function figures(world: () => World): void {
  it.each([ATTACKER, ...VICTIMS])(
    'the coordinator sees exactly what was refused in the name of %s',
    async (region) => {
      const sent = [...world().counted].flatMap(([key, count]): [string, number][] => {
        const [whose, reason] = key.split(' ') as [string, string];
        return whose === region ? [[reason, count]] : [];
      });
      const seen = await world().rejectedOf(region);
      if (region !== ATTACKER) delete seen[INNOCENT];
      expect(seen).toEqual(Object.fromEntries(sent));
    },
  );
}
