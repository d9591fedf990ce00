import { municipalities, municipalityName } from './municipalities.js';

describe('the municipalities', () => {
  it('are the 342 of 1 January 2026, each under one code and one name', () => {
    const all = municipalities();
    expect(all).toHaveLength(342);
    expect(new Set(all.map(({ code }) => code)).size).toBe(342);
    expect(new Set(all.map(({ name }) => name)).size).toBe(342);
    for (const { code, name } of all) expect(`${code} ${name}`).toMatch(/^\d{4} \S.*[^\s;]$/);
  });

  it.each([
    ['0518', "'s-Gravenhage"],
    ['1696', 'Wijdemeren'],
    ['1992', 'Voorne aan Zee'],
  ])('%s is %s', (code, name) => {
    expect(municipalityName(code)).toBe(name);
  });

  it('that are gone, or not known, are called by their code', () => {
    expect(municipalityName('0501')).toBe('0501');
    expect(municipalityName('0000')).toBe('0000');
  });
});
