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

  const filed = { professionalId: 'a', filedAt: new Date('2026-11-24T10:00:00Z') };
  const ended = (professionalId: string, endedAt: string) => ({ professionalId, endedAt: new Date(endedAt) });

  it('tells a filer of others only, and of what had ended', () => {
    const archived = [
      ended('a', '2026-11-01T00:00:00Z'),
      ended('b', '2026-11-24T10:00:00Z'),
      ended('b', '2026-11-24T10:00:01Z'),
    ];
    expect(archiveTells(archived, filed, filed.filedAt)).toEqual([archived[1]]);
  });

  it.each([
    ['2026-12-08T09:59:59Z', 1],
    ['2026-12-08T10:00:00Z', 0],
    ['2026-12-08T10:00:01Z', 0],
  ])('can be read for fourteen days: at %s there are %i', (now, count) => {
    expect(archiveTells([ended('b', '2026-11-01T00:00:00Z')], filed, new Date(now))).toHaveLength(count);
  });
});
