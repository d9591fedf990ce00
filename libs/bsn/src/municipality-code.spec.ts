import { isMunicipalityCode } from './index.js';

describe('a code of the municipalities of the person register', () => {
  it.each(['0344', '0001', '1998', '2000'])('can name a municipality: %s', (code) => {
    expect(isMunicipalityCode(code)).toBe(true);
  });
  it.each(['0000', '1999', '', '344', '03440', '034a', ' 0344'])('names none: "%s"', (code) => {
    expect(isMunicipalityCode(code)).toBe(false);
  });
});
