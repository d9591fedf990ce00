import { locationKey } from './location-key.js';

describe('the key of a new location', () => {
  it.each([
    ['Locatie Oóst', 'locatie-oost'],
    ['  De Linde (bovenbouw) ', 'de-linde-bovenbouw'],
    ['Élan 2', 'elan-2'],
    ['¿?', 'locatie'],
  ])('comes from its name: %s', (name, key) => {
    expect(locationKey(name, [])).toBe(key);
  });

  it('is no one that another has', () => {
    expect(locationKey('Oost', [{ id: 'oost' }, { id: 'oost-2' }])).toBe('oost-3');
  });
});
