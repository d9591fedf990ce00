import { archiveAnswers } from './archive-answers.rule.js';
import { archiveTells } from './archive-tells.rule.js';
import { archiveUntil } from './archive-until.rule.js';
import { goesToArchive, type EndingReason } from './goes-to-archive.rule.js';
import { answerReadable, questionCounts } from './question-counts.rule.js';
import { toldFromElsewhere } from './told-from-elsewhere.rule.js';

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
    ['erased-on-request', false],
  ])('keeps a signal that ended because %s: %s', (reason, kept) => {
    expect(goesToArchive(reason)).toBe(kept);
  });

  it.each([
    ['2026-11-24', '2031-11-24'],
    ['2028-02-29', '2033-03-01'],
    ['2027-02-28', '2032-02-28'],
  ])('keeps what ended on %s until %s', (ended, until) => {
    expect(archiveUntil(ended, undefined)).toBe(until);
    expect(archiveUntil(ended, until)).toBe(until);
  });

  it('keeps it until the 23rd birthday when that is earlier', () => {
    expect(archiveUntil('2026-11-24', '2031-11-23')).toBe('2031-11-23');
    expect(archiveUntil('2026-11-24', '2031-11-25')).toBe('2031-11-24');
    expect(archiveUntil('2026-11-24', '2026-11-25')).toBe('2026-11-25');
  });

  const filed = { by: ['a', 'a as teacher'], filedAt: new Date('2026-11-24T10:00:00Z') };
  const ended = (professionalId: string, endedAt: string) => ({ professionalId, endedAt: new Date(endedAt) });

  it('tells a filer of others only, and of what had ended', () => {
    const archived = [
      ended('a', '2026-11-01T00:00:00Z'),
      ended('b', '2026-11-24T10:00:00Z'),
      ended('a as teacher', '2026-11-01T00:00:00Z'),
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

  it('answers other regions who was last, each once, and not on the day on which it is destroyed', () => {
    const kept = (professionalId: string, endedAt: string, destroyOn: string) => ({
      ...{ ...ended(professionalId, endedAt), destroyOn },
    });
    const archived = [
      kept('a', '2026-01-01T00:00:00Z', '2031-01-01'),
      kept('b', '2026-03-01T00:00:00Z', '2031-03-01'),
      kept('a', '2026-02-01T00:00:00Z', '2031-02-01'),
    ];
    expect(archiveAnswers(archived, '2026-11-24')).toEqual([archived[1], archived[2]]);
    expect(archiveAnswers(archived, '2031-01-31')).toEqual([archived[1], archived[2]]);
    expect(archiveAnswers(archived, '2031-02-01')).toEqual([archived[1]]);
    expect(archiveAnswers(archived, '2031-03-01')).toEqual([]);
  });

  it.each([
    ['of another, that ended before', 'b@x.example', '2026-11-23', 1],
    ['of another, that ended on the day of filing', 'b@x.example', '2026-11-24', 1],
    ['of another, that ended after', 'b@x.example', '2026-11-25', 0],
    ['of the filer', 'a@x.example', '2026-11-23', 0],
    ['of the filer, in other letters', 'A@X.example', '2026-11-23', 0],
  ])('of another region tells what is %s: %s on %s: %i', (_what, email, endedOn, count) => {
    const filer = { email: 'a@x.example', filedOn: '2026-11-24' };
    expect(toldFromElsewhere([{ email, endedOn }], filer)).toHaveLength(count);
  });

  it.each([
    ['2026-12-08T09:59:59.999Z', true],
    ['2026-12-08T10:00:00.000Z', false],
  ])('may be asked, and read, for fourteen days: at %s it is %s', (now, counts) => {
    expect(questionCounts(filed.filedAt, new Date(now))).toBe(counts);
    expect(answerReadable(filed.filedAt, new Date(now))).toBe(counts);
  });
});
