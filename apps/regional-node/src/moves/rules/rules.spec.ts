import { hasMoved } from './has-moved.rule.js';
import { regionToTell } from './region-to-tell.rule.js';

describe('a move', () => {
  const known = { municipality: '0344', isProtected: false };
  it('is another municipality than was known', () => {
    expect(hasMoved(known, { municipality: '0599' })).toBe(true);
    expect(hasMoved(known, { municipality: '0344' })).toBe(false);
  });
  it.each([
    ['0344', '1999'],
    ['1999', '0000'],
    ['0000', '0344'],
    ['1999', '0344'],
  ])('is none when a code says abroad or unknown: %s to %s', (before, now) => {
    expect(hasMoved({ ...known, municipality: before }, { municipality: now })).toBe(false);
  });
  it('is none when something is not known, or was or is protected', () => {
    expect(hasMoved(known, { municipality: null })).toBe(false);
    expect(hasMoved({ municipality: null, isProtected: false }, { municipality: '0344' })).toBe(false);
    expect(hasMoved({ ...known, isProtected: true }, { municipality: '0599' })).toBe(false);
  });
});

describe('the region that is told about a youth', () => {
  it.each([
    ['is that of the municipality', false, 'jeugdmatch', 'jeugdmatch'],
    ['is none when the municipality is in the own region', false, 'rijnmond', undefined],
    ['is none when no region has the municipality', false, undefined, undefined],
    ['is never any when the address is protected', true, 'jeugdmatch', undefined],
  ])('%s', (_what, isProtected, region, told) => {
    expect(regionToTell({ isProtected }, region, 'rijnmond')).toBe(told);
  });
});
