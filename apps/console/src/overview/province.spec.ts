import { provinceOf } from './province.js';

describe('the province of a region', () => {
  it.each([
    ['Groningen', ['0014'], 'GR'],
    ['Leeuwarden', ['0080'], 'FR'],
    ['Assen', ['0106'], 'DR'],
    ['Enschede', ['0153'], 'OV'],
    ['Arnhem', ['0202'], 'GE'],
    ['Utrecht', ['0344'], 'UT'],
    ['Amsterdam', ['0363'], 'NH'],
    ['Den Haag', ['0518'], 'ZH'],
    ['Middelburg', ['0687'], 'ZE'],
    ['Eindhoven', ['0772'], 'NB'],
    ['Maastricht', ['0935'], 'LI'],
    ['Almere, out of order', ['0034'], 'FL'],
    ['Lelystad, out of order', ['0995'], 'FL'],
  ])('of %s is that of its code', (_name, codes, province) => {
    expect(provinceOf(codes)).toBe(province);
  });
  it('is that of most of its municipalities, whatever later codes say', () => {
    expect(provinceOf(['0344', '0599', '0606', '1901', '1916'])).toBe('ZH');
  });
  it('is none for a national reporter, and for a region that knows later codes only', () => {
    expect(provinceOf([])).toBe('NL');
    expect(provinceOf(['1901'])).toBe('NL');
  });
});
