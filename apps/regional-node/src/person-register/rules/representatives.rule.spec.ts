import { representativesBy } from './representatives.rule.js';

const MINOR = '999910000';
const relation = (type: string, more: object = {}) => ({ type, minor: MINOR, inQuestion: false, ...more });

describe('the legal representatives', () => {
  it.each([
    ['GezamenlijkOuderlijkGezag', 'both-parents'],
    ['EenhoofdigOuderlijkGezag', 'one-parent'],
    ['GezamenlijkGezag', 'parent-and-other'],
    ['Voogdij', 'guardian'],
    ['TijdelijkGeenGezag', undefined],
    ['GezagNietTeBepalen', undefined],
    ['', undefined],
  ])('by %s are %s', (type, whom) => {
    expect(representativesBy([relation(type)], MINOR)).toBe(whom);
  });

  it('are unknown without authority, with more than one, and while it is investigated', () => {
    expect(representativesBy([], MINOR)).toBeUndefined();
    expect(
      representativesBy([relation('Voogdij'), relation('EenhoofdigOuderlijkGezag')], MINOR),
    ).toBeUndefined();
    expect(representativesBy([relation('Voogdij', { inQuestion: true })], MINOR)).toBeUndefined();
  });

  it('are those of the minor, not those of the minor’s own child', () => {
    const ofChild = relation('EenhoofdigOuderlijkGezag', { minor: '999910012' });
    expect(representativesBy([ofChild], MINOR)).toBeUndefined();
    expect(representativesBy([ofChild, relation('Voogdij')], MINOR)).toBe('guardian');
  });
});
