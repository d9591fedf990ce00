import {
  CODES_AS_THEY_ARE,
  ChangeRefused,
  generateKeys,
  withMunicipalities,
  withNewRegion,
  withState,
  type MunicipalityCodes,
  type RegionRegister,
} from './index.js';
import { refuseCodes } from './register-changes.js';

const key = () => generateKeys('ed25519').publicKey;

const region = (
  id: string,
  municipalities: string[],
  state: 'admitted' | 'suspended' | 'removed' = 'admitted',
) => ({
  ...{ id, name: `Verwijsindex ${id}`, municipalities, state, dailyQuota: 10 },
  ...{ signingKey: key(), cardKey: key(), certificateSubject: `CN=${id},O=Voorbeeld` },
});
const noord = region('noord', ['0001']);
const zuid = region('zuid', ['0002'], 'suspended');
const west = region('west', ['0003'], 'removed');
const register: RegionRegister = {
  ...{ v: 1, version: 3, issuedAt: '2026-01-01T00:00:00Z', epoch: 1, threshold: 2 },
  relay: { signingKey: key(), certificateSubject: 'CN=relay,O=Voorbeeld' },
  keyHolders: [
    {
      id: 'holder-1',
      index: 1,
      name: 'Een',
      signingKey: key(),
      sealingKey: key(),
      certificateSubject: 'CN=een',
    },
  ],
  regions: [noord, zuid, west],
};
const application = () => {
  const { state: _state, dailyQuota: _dailyQuota, ...fields } = region('oost', ['0004', '0005']);
  return fields;
};
const add = (change: object, codes = CODES_AS_THEY_ARE) =>
  withNewRegion(register, { ...application(), ...change }, 50, codes);

describe('a region that applies', () => {
  it('does not get under its new code what another region has under the old one', () => {
    const codes = {
      findingOf: () => undefined,
      present: (code: string) => (code === '0001' ? '0009' : code),
    };
    expect(() => add({ municipalities: ['0009'] }, codes)).toThrow(/0009 belongs to noord/);
  });

  it('is admitted with the quota that it is given', () => {
    const applied = application();
    expect(withNewRegion(register, applied, 50, CODES_AS_THEY_ARE).regions).toEqual([
      ...register.regions,
      { ...applied, state: 'admitted', dailyQuota: 50 },
    ]);
  });
  it('may come back after it was removed, and takes the place of its former self', () => {
    const { regions } = add({ id: 'west', municipalities: ['0003'] });
    expect(regions.map(({ id, state }) => `${id} ${state}`)).toEqual([
      'noord admitted',
      'zuid suspended',
      'west admitted',
    ]);
  });

  it.each([
    ['id', 'Oost', /^ {2}- id: must be 2 to 31 small letters/m],
    ['name', 'http://x', /^ {2}- name: must be a line/m],
    ['municipalities', ['Ede'], /^ {2}- municipalities: must be a list of municipality codes/m],
    ['signingKey', 'kort', /^ {2}- signingKey: must be an Ed25519 public key/m],
    ['cardKey', undefined, /^ {2}- cardKey: must be an X25519 public key/m],
    ['certificateSubject', 'oost', /^ {2}- certificateSubject: must be the subject/m],
    ['state', 'admitted', /^ {2}- state: is no field/m],
    ['dailyQuota', 1, /^ {2}- dailyQuota: is no field/m],
    ['reason', 'x', /^ {2}- reason: is no field/m],
    ['id', 'noord', /^ {2}- id: noord takes part already/m],
    ['id', 'relay', /^ {2}- id: relay takes part already/m],
    ['id', 'holder-1', /^ {2}- id: holder-1 takes part already/m],
    ['name', noord.name, /^ {2}- name: is that of noord/m],
    ['municipalities', ['0004', '0002'], /^ {2}- municipalities: 0002 belongs to zuid/m],
    ['municipalities', ['0004', '0004'], /^ {2}- municipalities: 0004 stands there twice/m],
    ['signingKey', noord.signingKey, /^ {2}- signingKey: is a key of noord/m],
    ['cardKey', register.keyHolders[0]!.sealingKey, /^ {2}- cardKey: is a key of holder-1/m],
    ['certificateSubject', 'o=Voorbeeld,CN=noord', /^ {2}- certificateSubject: is that of noord/m],
  ])('is refused for the field %s when that is %j', (field, value, message) => {
    const attempt = () => add({ [field]: value });
    expect(attempt).toThrow(ChangeRefused);
    expect(attempt).toThrow(message);
  });
  it('is told for programs what is wrong, and whose it is', () => {
    const refusal = (change: object) => {
      try {
        add(change);
      } catch (error) {
        return (error as ChangeRefused).findings.map(({ field, code, owner }) => ({ field, code, owner }));
      }
      throw new Error('it was admitted');
    };
    expect(refusal({ municipalities: ['0001', '0004', '0004'], extra: 1 })).toEqual([
      { field: 'extra', code: 'unknown' },
    ]);
    expect(refusal({ municipalities: ['0001', '0004', '0004'] })).toEqual([
      { field: 'municipalities', code: 'repeated' },
      { field: 'municipalities', code: 'taken', owner: 'noord' },
    ]);
  });
  it('hears of everything that is wrong at once', () => {
    expect(() => add({ id: 'X', cardKey: 'x', extra: 1 })).toThrow(/extra: [^]*id: [^]*cardKey: /);
  });
  it.each([null, [], 'tekst', 7])('is refused when its application is %j', (nothing) => {
    expect(() => withNewRegion(register, nothing, 50, CODES_AS_THEY_ARE)).toThrow(ChangeRefused);
  });
});

describe('the state of a region', () => {
  it('changes for that region only', () => {
    const { regions } = withState(register, 'noord', 'suspended');
    expect(regions).toEqual([{ ...noord, state: 'suspended' }, zuid, west]);
  });
  it.each([
    ['elders', 'removed', 'no region is called elders; list shows all'],
    ['zuid', 'suspended', 'zuid is suspended already'],
    ['west', 'admitted', 'west was removed; add it anew'],
  ] as const)('of %s does not become %s', (id, state, message) => {
    const attempt = () => withState(register, id, state);
    expect(attempt).toThrow(ChangeRefused);
    expect(attempt).toThrow(message);
  });
});

describe('a region with other municipalities', () => {
  // 0002 became 0006, and 0008 ended
  const codes: MunicipalityCodes = {
    present: (code) => (code === '0002' ? '0006' : code),
    findingOf: (code) =>
      code === '0008'
        ? { code: 'ended', says: '0008 ended' }
        : code === '0009'
          ? { code: 'unknown', says: '0009 is in no table' }
          : undefined,
  };
  const change = (id: string, municipalities: string[]) =>
    withMunicipalities(register, id, municipalities, codes);
  const findings = (work: () => unknown) => {
    try {
      work();
    } catch (error) {
      if (error instanceof ChangeRefused)
        return error.findings.map(({ field, code, owner }) => [field, code, owner]);
    }
    return [];
  };

  it('has those that are named, and nothing else changes', () => {
    const { regions, ...rest } = change('noord', ['0007', '0001']);
    const { regions: _regions, ...before } = register;
    expect(rest).toEqual(before);
    expect(regions).toEqual([{ ...noord, municipalities: ['0001', '0007'] }, zuid, west]);
    expect(change('zuid', ['0006']).regions[1]).toMatchObject({ municipalities: ['0006'] });
    expect(change('noord', ['0003']).regions[0]).toMatchObject({ municipalities: ['0003'] });
  });

  it.each([
    ['a region that is not there', 'oost', ['0001'], ['region', 'absent', undefined]],
    ['a region that was removed', 'west', ['0001'], ['region', 'removed', undefined]],
    ['what it has', 'noord', ['0001'], ['region', 'unchanged', undefined]],
    ['no code', 'noord', ['Ede'], ['municipalities', 'malformed', undefined]],
    ['a code twice', 'noord', ['0001', '0001'], ['municipalities', 'repeated', undefined]],
    ['one of another region', 'noord', ['0001', '0002'], ['municipalities', 'taken', 'zuid']],
    ['the successor of one of another region', 'noord', ['0006'], ['municipalities', 'taken', 'zuid']],
    ['one that ended', 'noord', ['0008'], ['municipalities', 'ended', undefined]],
    ['one that no table has', 'noord', ['0009'], ['municipalities', 'unknown', undefined]],
  ])('is refused %s', (_what, id, municipalities, finding) => {
    expect(findings(() => change(id, municipalities))).toEqual([finding]);
  });

  it('is refused an ended or unknown code when it is admitted too', () => {
    expect(findings(() => refuseCodes(['0001', '0008', '0009'], codes))).toEqual([
      ['municipalities', 'ended', undefined],
      ['municipalities', 'unknown', undefined],
    ]);
  });
});
