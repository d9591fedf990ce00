import { MunicipalityTable } from '#libs/municipalities';
import { municipalitiesToAccept, notAccepted } from './municipalities-to-accept.rule.js';

const DAY = '2027-01-01';
const table = new MunicipalityTable(
  [
    { code: '0355', name: 'Zeist', end: DAY, successor: '2099' },
    { code: '2099', name: 'Heuvelstad', begin: DAY },
    { code: '0344', name: 'Utrecht' },
  ],
  '2026-12-01',
);
const of = (codes: string[], served: string[] | undefined, day = DAY) =>
  municipalitiesToAccept(
    codes.map((code) => ({ code, name: `naam van ${code}` })),
    served,
    day,
    table,
  ).map(({ code, why }) => `${code} ${why}`);

describe('municipalities that are to be accepted by name', () => {
  it('are those without process manager', () => {
    expect(of(['0344'], ['0344'])).toEqual([]);
    expect(of(['0344'], [])).toEqual(['0344 without-process-manager']);
    expect(of(['0344'], ['2099'])).toEqual(['0344 without-process-manager']);
    expect(of(['0344'], undefined)).toEqual([]);
  });

  it('have one under their earlier code too, and under the later one from that day', () => {
    expect(of(['2099'], ['0355'])).toEqual([]);
    expect(of(['2099'], ['0355'], '2026-12-31')).toEqual(['2099 without-process-manager']);
    expect(of(['0355'], ['2099'])).toEqual(['0355 ended']);
    expect(of(['0355'], ['2099'], '2026-12-31')).toEqual(['0355 without-process-manager']);
  });

  it('are those that ended by that day, and those outside the table', () => {
    expect(of(['0355'], ['0355'], '2026-12-31')).toEqual([]);
    expect(of(['0355'], ['0355'])).toEqual(['0355 ended']);
    expect(of(['9876'], [])).toEqual(['9876 without-process-manager', '9876 unknown']);
  });

  it('are those that were not accepted yet', () => {
    const warnings = municipalitiesToAccept([{ code: '0344', name: 'Utrecht' }], [], DAY, table);
    expect(warnings).toEqual([{ code: '0344', name: 'Utrecht', why: 'without-process-manager' }]);
    expect(notAccepted(warnings, ['0344'])).toEqual([]);
    expect(notAccepted(warnings, ['0355'])).toEqual(warnings);
  });
});
