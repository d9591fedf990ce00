import { stringify } from 'yaml';
import type { Federation } from '../../deploy/local/federation.js';
import { demoCast, playStory } from './play.js';
import { parseStory } from './story.js';
import { siblings, unrelatedYouths, type KnownYouth } from './youths.js';

const MINUTES = 60_000;

/** Registers the tests of people who file at the same instant. @param times how often they do, in each test */
export function fileAtTheSameInstant(times: number, federation: () => Federation): void {
  const youths = unrelatedYouths();

  /** Plays steps as a story would give them, and expects that all are as they should be. */
  async function plays(steps: object[]): Promise<void> {
    const text = stringify({ description: 'A case of this test.', steps });
    const { steps: played } = await playStory(parseStory(text, demoCast(), 'in a test'), federation());
    expect(played.filter(({ problem }) => problem !== undefined)).toEqual([]);
    expect(played).toHaveLength(steps.length);
  }

  describe('people who file at the same instant', () => {
    it(
      'on one youth in one region match at once, time after time',
      () =>
        plays(
          youths
            .slice(0, times)
            .flatMap((youth, n) => [
              { parallel: [file('mn-leerkracht', youth, `a${n}`), file('mn-jeugdzorg', youth, `b${n}`)] },
              match([`a${n}`, `b${n}`]),
            ]),
        ),
      10 * MINUTES,
    );

    it(
      'on one youth in two regions match, time after time',
      () =>
        plays([
          ...youths.slice(0, times).map((youth, n) => ({
            parallel: [file('mn-leerkracht', youth, `a${n}`), file('jm-jeugdteam', youth, `b${n}`)],
          })),
          ...youths.slice(0, times).map((_youth, n) => match([`a${n}`, `b${n}`])),
        ]),
      10 * MINUTES,
    );

    it(
      'on many youths in three regions all match',
      () =>
        plays([
          {
            parallel: youths
              .slice(0, times)
              .flatMap((youth, n) => [
                file('mn-buurtteam', youth, `a${n}`),
                file('jm-jeugdzorg', youth, `b${n}`),
                file('rm-wijkteam', youth, `c${n}`),
              ]),
          },
          ...youths.slice(0, times).map((_youth, n) => match([`a${n}`, `b${n}`, `c${n}`])),
        ]),
      10 * MINUTES,
    );

    it(
      'on a brother and a sister match, in one region and across two',
      () =>
        plays(
          siblings()
            .slice(0, times)
            .flatMap(([one, other], n) => [
              {
                parallel: [
                  file('mn-jeugdarts', one, `a${n}`),
                  file('mn-buurtteam', other, `b${n}`),
                  file('rm-leerkracht', other, `c${n}`),
                ],
              },
              match([`b${n}`, `c${n}`]),
              { 'expect match': { of: [`b${n}`, `c${n}`], kind: 'sibling', with: 'mn-jeugdarts' } },
              { 'expect match': { of: `a${n}`, kind: 'sibling', with: ['mn-buurtteam', 'rm-leerkracht'] } },
            ]),
        ),
      10 * MINUTES,
    );
  });
}

const file = (who: string, youth: KnownYouth, as: string) => ({ file: { who, youth, as } });
const match = (of: string[]) => ({
  'expect match': { of, kind: 'same-youth', with: 'each other', within: 300 },
});
