import { carriesWhiteText } from './carries-white-text.rule.js';

describe('a colour carries white text', () => {
  it('up to the last grey with a contrast of 4.5 to 1', () => {
    expect(carriesWhiteText('#767676')).toBe(true);
    expect(carriesWhiteText('#777777')).toBe(false);
  });

  it('by how light each of its parts seems to the eye', () => {
    expect(carriesWhiteText('#0000ff')).toBe(true);
    expect(carriesWhiteText('#00ff00')).toBe(false);
    expect(carriesWhiteText('#e60000')).toBe(true);
    expect(carriesWhiteText('#ff0000')).toBe(false);
    // dark parts count by the straight piece of the curve
    expect(carriesWhiteText('#0a0a0a')).toBe(true);
    expect(carriesWhiteText('#008a00')).toBe(true);
    expect(carriesWhiteText('#008b00')).toBe(false);
  });
});
