import { SECTORS, type Sector } from '../sectors.js';
import { categoryFault, formerlyKnownAs, knownKind } from './organisation-category.rule.js';
import { FORMER_KINDS, ORGANISATION_KINDS } from './organisation-kinds.js';

const signing = (kind: string, sector: Sector, mayUseBsn = false, isNational = false) =>
  categoryFault({ kind, sector, mayUseBsn }, isNational);

describe('an organisation that signs', () => {
  it('is of a category of its sector: a sports club is none, and no school in another sector', () => {
    expect(signing('school', 'education', true)).toBeUndefined();
    expect(signing('sports-club', 'education', true)).toBe('kind');
    expect(signing('constructor', 'education')).toBe('kind');
    expect(signing('school', 'health-care')).toBe('sector');
    expect(signing('certified-institution', 'education', true)).toBe('sector');
  });

  it('may be of each kind in each of its sectors, and in no other', () => {
    for (const kind of Object.keys(ORGANISATION_KINDS))
      for (const sector of Object.keys(SECTORS) as Sector[])
        expect([kind, sector, signing(kind, sector, false, true)]).toEqual([
          ...[kind, sector],
          knownKind(kind)!.sectors[sector] === undefined ? 'sector' : undefined,
        ]);
  });

  it('uses the BSN only with a right of its own', () => {
    expect(signing('halt', 'police-justice')).toBeUndefined();
    expect(signing('halt', 'police-justice', true)).toBe('bsn');
    expect(signing('police', 'police-justice', true)).toBeUndefined();
  });

  it('is no hospital but for emergency care', () => {
    expect(signing('hospital', 'health-care')).toBe('kind');
    expect(signing('hospital-emergency', 'health-care', true)).toBeUndefined();
  });

  it('is the Raad voor de Kinderbescherming on a national node only', () => {
    expect(signing('protection-board', 'police-justice', true)).toBe('national');
    expect(signing('protection-board', 'police-justice', true, true)).toBeUndefined();
  });
});

describe('the table of kinds', () => {
  it('has every article of the Besluit Jeugdwet from 7.1.1 to 7.1.7, each in one sector', () => {
    const articles = Object.values(ORGANISATION_KINDS).flatMap(({ sectors }) => Object.entries(sectors));
    const sectorOf = new Map(articles.map(([sector, article]) => [article.slice(0, 5), sector]));
    expect([...sectorOf].sort()).toEqual([
      ['7.1.1', 'youth-care'],
      ['7.1.2', 'health-care'],
      ['7.1.3', 'health-care'],
      ['7.1.4', 'education'],
      ['7.1.5', 'social-support'],
      ['7.1.6', 'work-income'],
      ['7.1.7', 'police-justice'],
    ]);
  });

  it('knows who works alone, and whom the law gives no right to the BSN', () => {
    const kinds = Object.keys(ORGANISATION_KINDS);
    expect(kinds.filter((kind) => knownKind(kind)!.worksAlone)).toEqual([
      ...['general-practitioner', 'school-attendance-officer'],
    ]);
    expect(kinds.filter((kind) => knownKind(kind)!.bsn === undefined)).toEqual(['halt']);
  });

  it('fits a contact card, and names under another key only what it has', () => {
    for (const kind of Object.keys(ORGANISATION_KINDS)) expect(kind).toMatch(/^[a-z][a-z0-9-]{0,39}$/);
    for (const [former, kind] of Object.entries(FORMER_KINDS)) {
      expect(knownKind(former)).toBeUndefined();
      expect(knownKind(kind)).toBeDefined();
    }
    expect(formerlyKnownAs('wijkteam')).toBe('neighbourhood-team');
    expect(formerlyKnownAs('sports-club') ?? formerlyKnownAs('toString')).toBeUndefined();
  });
});
