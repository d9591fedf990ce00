import { archiveTells } from './archive-tells.rule.js';
import { archiveUntil } from './archive-until.rule.js';
import { goesToArchive, type EndingReason } from './goes-to-archive.rule.js';

describe('the archive', () => {
  it.each<[EndingReason, boolean]>([
    ['risk-gone', true],
    ['expired', true],
    ['not-justified', false],
    ['wrong-youth', false],
    ['undone', false],
    ['age', false],
    ['deceased', false],
    ['renewed', false],
    ['erased-before', false],
  ])('keeps a signal that ended because %s: %s', (reason, kept) => {
    expect(goesToArchive(reason)).toBe(kept);
  });

  it.each([
    ['2026-11-24', '2031-11-24'],
    ['2028-02-29', '2033-03-01'],
    ['2027-02-28', '2032-02-28'],
  ])('keeps what ended on %s until %s', (ended, until) => {
    expect(archiveUntil(ended)).toBe(until);
  });

  it('tells a filer of others only', () => {
    const [own, other] = [{ professionalId: 'a' }, { professionalId: 'b' }];
    expect(archiveTells([own, other], { id: 'a' })).toEqual([other]);
    expect(archiveTells([own], { id: 'a' })).toEqual([]);
  });
});
