import { designationInUse } from './designation-in-use.rule.js';

const school = { id: 'school', roles: ['professional'], departedOn: null };
const team = { id: 'team', roles: ['professional'], departedOn: null };

describe('the designation in use', () => {
  it.each([
    ['is the only one', [school], undefined, 'school'],
    ['is the one that was chosen', [school, team], 'team', 'team'],
    ['is the first one when none was chosen', [school, team], undefined, 'school'],
    ["is the first one when somebody else's was chosen", [school, team], 'police', 'school'],
    ['is never one that is over', [school, { ...team, departedOn: '2026-11-01' }], 'team', 'school'],
    ['is never one without a role', [{ ...school, roles: [] }, team], 'school', 'team'],
    [
      'is none for a person who left every organisation',
      [{ ...school, departedOn: '2026-11-01' }],
      'school',
      undefined,
    ],
    ['is none for a stranger', [], 'school', undefined],
  ])('%s', (_what, all, chosen, used) => {
    expect(designationInUse(all, chosen)?.id).toBe(used);
  });
});
