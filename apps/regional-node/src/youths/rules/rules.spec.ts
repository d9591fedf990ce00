import { canonicalDescription } from './canonical-description.rule.js';
import { keepsBirthday } from './keeps-birthday.rule.js';

const birthDate = '2012-05-12';
const formOf = (surname: string) => canonicalDescription({ surname, birthDate, sex: 'M' });

describe('the canonical form of a youth without BSN', () => {
  it('holds surname, birth date and sex, and differs with each', () => {
    expect(formOf('Voorbeeld')).toBe('voorbeeld|2012-05-12|M');
    expect(canonicalDescription({ surname: 'Voorbeeld', birthDate, sex: 'V' })).toBe(
      'voorbeeld|2012-05-12|V',
    );
    expect(canonicalDescription({ surname: 'Voorbeeld', birthDate: '2012-12-05', sex: 'M' })).toBe(
      'voorbeeld|2012-12-05|M',
    );
  });

  it.each([
    ['Dutch particles', 'berg', ['van den Berg', 'VAN DEN BERG', 'van der Berg', 'Berg']],
    ['an apostrophe before', 'hart', ["'t Hart", '’t Hart', 't Hart', 'Hart']],
    ['an apostrophe within', 'hertogenbosch', ["van 's-Hertogenbosch", 's Hertogenbosch']],
    ['particles behind', 'boer', ['Boer, de', 'de Boer']],
    ['ij and y', 'kuyper', ['Kuijper', 'Kuyper', 'KUĲPER', 'Kuÿper']],
    ['a double name', 'jansenvries', ['Jansen-de Vries', 'Jansen de Vries', 'JANSEN – DE VRIES']],
    ['accents', 'andre', ['André', 'Andre\u0301', 'ANDRÉ']],
    ['Turkish', 'yilmaz', ['Yılmaz', 'YILMAZ', 'Yilmaz', 'YİLMAZ']],
    ['Turkish, more letters', 'gunes', ['Güneş', 'GÜNEŞ', 'gunes']],
    ['Turkish soft g', 'erdogan', ['Erdoğan', 'Erdogan']],
    ['an Arabic article', 'amrani', ['El Amrani', 'el-Amrani', 'Al Amrani', 'AMRANI']],
    ['an Arabic transliteration', 'said', ['Saʿīd', 'Sa‘id', "Sa'id", 'Said']],
    ['an Arabic patronymic, which is no particle', 'benali', ['Ben Ali', 'Benali', 'BEN-ALI']],
    ['Polish', 'lukasiewicz', ['Łukasiewicz', 'ŁUKASIEWICZ', 'Lukasiewicz']],
    ['Polish, more letters', 'zolc', ['Żółć', 'Zolc']],
    ['German', 'weiss', ['Weiß', 'WEISS', 'Weiss']],
    ['Scandinavian', 'sorensen', ['Sørensen', 'SØRENSEN', 'Sorensen']],
    ['ligatures', 'aesoep', ['Æsœp', 'Aesoep']],
    ['Irish', 'obrien', ['O’Brien', "O'Brien", 'OBrien', 'O Brien']],
    ['Vietnamese', 'nguyen', ['Nguyễn', 'Nguyen']],
    ['other letters of the Latin script', 'thodh', ['Þoðħ', 'thodh']],
    ['nothing but particles', 'den', ['van den', 'Den']],
    ['one particle as a whole name', 'al', ['Al']],
  ])('is one for %s', (_, name, surnames) => {
    expect(surnames.map(formOf)).toEqual(surnames.map(() => `${name}|2012-05-12|M`));
  });

  it.each([
    ['another transliteration', 'Mohammed', 'Muhammad'],
    ['an umlaut and what is written for it', 'Müller', 'Mueller'],
    ['a letter less', 'Jansen', 'Janssen'],
    ['a particle grown into the name', 'Elamrani', 'El Amrani'],
    ['a word more', 'Jansen Vries', 'Vries'],
  ])('differs for %s', (_, one, other) => {
    expect(formOf(one)).not.toBe(formOf(other));
  });

  it.each([
    ['Arabic script', 'العمراني'],
    ['Cyrillic', 'Иванов'],
    ['one letter of another script', 'Jаnsen'],
    ['digits', 'Jansen 2'],
    ['no letter at all', "- '"],
    ['nothing', ''],
  ])('is not there for %s', (_, surname) => {
    expect(formOf(surname)).toBeUndefined();
  });
});

describe('the 23rd birthday', () => {
  it('is kept when it comes within the seven years that a signal and its archive can last', () => {
    expect(keepsBirthday('2033-11-23', '2026-11-24')).toBe(true);
    expect(keepsBirthday('2033-11-24', '2026-11-24')).toBe(false);
    expect(keepsBirthday('2026-11-25', '2026-11-24')).toBe(true);
  });
});
