import { readFileSync } from 'node:fs';
import { demoFile } from '../../../test/demo-file.js';
import { dayInAmsterdam } from '#libs/calendar';
import { readCovenant, type CovenantDocument } from '../../covenant/index.js';
import { covenantDifference } from './covenant-difference.rule.js';
import { covenantState } from './covenant-state.rule.js';

const covenant = readCovenant(readFileSync(demoFile('midden-nederland', 'covenant'), 'utf8'));
const changed = (change: (document: CovenantDocument) => void): CovenantDocument => {
  const copy = structuredClone(covenant);
  change(copy);
  return copy;
};

describe('the difference between two covenants', () => {
  it('is none between equal ones, in whatever order their parts were written', () => {
    const { leading, ...rest } = covenant;
    const { order, ...further } = leading;
    expect(covenantDifference(covenant, { leading: { ...further, order }, ...rest })).toEqual({
      parts: [],
      joining: [],
      leaving: [],
      changing: [],
    });
  });

  it('names who signs, who leaves and who signs otherwise', () => {
    const then = changed((document) => {
      const school = document.organisations.find(({ id }) => id === 'basisschool-de-linde')!;
      document.organisations = document.organisations.filter(({ id }) => id !== 'politie-midden');
      document.organisations.push({ ...school, id: 'basisschool-de-eik', name: 'Basisschool De Eik' });
      school.kind = 'primary-school';
      school.addendum = { name: 'Addendum', date: '2026-01-01' };
    });
    expect(covenantDifference(covenant, then)).toEqual({
      parts: [],
      joining: [{ id: 'basisschool-de-eik', name: 'Basisschool De Eik' }],
      leaving: [{ id: 'politie-midden', name: 'Politie Midden' }],
      changing: [{ id: 'basisschool-de-linde', name: 'Basisschool De Linde', parts: ['kind', 'addendum'] }],
    });
  });

  it('names the other parts that differ', () => {
    const then = changed((document) => {
      document.retentionMonths = 12;
      document.leading.order.reverse();
      document.mails.logInToSee = [];
    });
    expect(covenantDifference(covenant, then).parts.sort()).toEqual(['leading', 'mails', 'retentionMonths']);
  });
});

describe('a version of the covenant', () => {
  const version = { version: 2, effectiveFrom: '2027-01-01', withdrawnAt: null };
  const on = (moment: string) => dayInAmsterdam(new Date(moment));

  it('is scheduled until the midnight in Amsterdam at which it begins', () => {
    expect(covenantState(version, 1, on('2026-12-31T22:59:59Z'))).toBe('scheduled');
    expect(covenantState(version, 2, on('2026-12-31T23:00:00Z'))).toBe('in-force');
    expect(covenantState(version, 2, on('2027-01-02T12:00:00Z'))).toBe('in-force');
  });
  it('is superseded by one that began later, and withdrawn when it was', () => {
    expect(covenantState(version, 3, on('2027-06-01T12:00:00Z'))).toBe('superseded');
    expect(covenantState({ ...version, withdrawnAt: new Date(0) }, 1, on('2026-12-01T12:00:00Z'))).toBe(
      'withdrawn',
    );
  });
});
