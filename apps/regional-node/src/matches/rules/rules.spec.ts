import { identityOf, type Entry, type Lead, type OwnEntry } from '../match-picture.types.js';
import { leadOfMatch } from './lead-of-match.rule.js';
import { leadingRegion } from './leading-region.rule.js';
import { matchMade } from './match-made.rule.js';
import { askedToVerify, bothConfirmed, mayBeSameYouth } from './may-be-same-youth.rule.js';
import { municipalityOfFollowUp } from './queue-of-process-manager.rule.js';
import { whoMatches } from './who-matches.rule.js';

const contact = { name: 'A', function: 'f', organisation: 'o', phone: '1', email: 'a@b.example' };
const entry = (entryId: string, region: string, filedAt: string): Entry => ({
  entryId,
  region,
  kind: 'school',
  filedAt: new Date(filedAt),
  contact,
  contactMade: [],
});
const own = (entryId: string, professionalId: string, person = professionalId): OwnEntry => ({
  ...entry(entryId, 'midden', '2026-01-01T00:00:00Z'),
  filer: { ...contact, name: professionalId },
  identities: [identityOf({ ...contact, name: professionalId })],
  contactId: professionalId,
  bsnKnown: true,
  confirmed: [],
  rejected: [],
  samePerson: [],
  signalId: entryId,
  signalNumber: 'MN-2026-000001',
  professionalId,
  person,
  contactPerson: person,
  youthId: 'y',
  organisationId: 'organisation',
  organisationMunicipality: '0344',
});
const regionOf = (municipality: string) =>
  ({ '0344': 'midden', '0599': 'rijnmond', '0518': 'jeugdmatch' })[municipality];

describe('the leading region', () => {
  const entries = [
    entry('b', 'midden', '2026-02-01T00:00:00Z'),
    entry('a', 'rijnmond', '2026-01-01T00:00:00Z'),
  ];

  it('is the region where the youth lives, if it has a signal', () => {
    expect(leadingRegion(entries, [{ municipality: '0344', asOf: '2020-01-01' }], regionOf)).toEqual({
      region: 'midden',
      because: 'residence',
    });
  });
  it('goes by the newest dated residence', () => {
    const residences = [
      { municipality: '0344', asOf: '2020-01-01' },
      { municipality: '0599', asOf: '2025-01-01' },
    ];
    expect(leadingRegion(entries, residences, regionOf).region).toBe('rijnmond');
  });
  it('is the region of the earliest signal when the region of residence has none', () => {
    expect(leadingRegion(entries, [{ municipality: '0518', asOf: '2025-01-01' }], regionOf)).toEqual({
      region: 'rijnmond',
      because: 'earliest-signal',
    });
  });
  it('is the region of the earliest signal when the residence is not known', () => {
    expect(leadingRegion(entries, [], regionOf)).toEqual({ region: 'rijnmond', because: 'earliest-signal' });
  });
  it('is decided by entry id between signals of the same instant, whatever their order', () => {
    const same = [
      entry('b', 'midden', '2026-01-01T00:00:00Z'),
      entry('a', 'rijnmond', '2026-01-01T00:00:00Z'),
    ];
    expect(leadingRegion(same, [], regionOf).region).toBe('rijnmond');
    expect(leadingRegion([...same].reverse(), [], regionOf).region).toBe('rijnmond');
  });
});

describe('the lead of a match', () => {
  const lead = (leadingRegion: string): Lead => ({
    contact,
    leadingRegion,
    leadingBecause: 'residence',
    because: 'organisation-kind',
    entryId: 'x',
  });

  it('is that of the youth with the earliest signal among siblings', () => {
    const groups = [
      { entries: [entry('a', 'midden', '2026-03-01T00:00:00Z')], lead: lead('midden') },
      { entries: [entry('b', 'rijnmond', '2026-01-01T00:00:00Z')], lead: lead('rijnmond') },
    ];
    expect(leadOfMatch(groups)?.leadingRegion).toBe('rijnmond');
  });
  it('is not known while the leading region of that youth has named nobody', () => {
    const groups = [
      { entries: [entry('a', 'midden', '2026-03-01T00:00:00Z')], lead: lead('midden') },
      { entries: [entry('b', 'rijnmond', '2026-01-01T00:00:00Z')] },
    ];
    expect(leadOfMatch(groups)).toBeUndefined();
  });
  it('does not come from a group without signals', () => {
    expect(
      leadOfMatch([
        { entries: [], lead: lead('rijnmond') },
        { entries: [entry('a', 'midden', '2026-03-01T00:00:00Z')], lead: lead('midden') },
      ])?.leadingRegion,
    ).toBe('midden');
  });
});

describe('who matches', () => {
  it('are others on the same youth and on siblings, two of one organisation included', () => {
    const colleague = own('b', 'p2');
    expect(
      whoMatches(
        own('a', 'p1'),
        [own('a', 'p1'), colleague],
        [entry('c', 'rijnmond', '2026-01-01T00:00:00Z')],
      ).map(({ kind, entry: e }) => [kind, e.entryId]),
    ).toEqual([
      ['same-youth', 'b'],
      ['sibling', 'c'],
    ]);
  });
  it('is never the professional themselves, on the youth or on a sibling', () => {
    expect(whoMatches(own('a', 'p1'), [own('a', 'p1')], [own('s', 'p1')])).toEqual([]);
    const elsewhere = { ...entry('x', 'rijnmond', '2026-01-01T00:00:00Z'), contact: own('a', 'p1').filer };
    expect(whoMatches(own('a', 'p1'), [elsewhere], [])).toEqual([]);
    const namesake = { ...elsewhere, contact: { ...elsewhere.contact, email: 'other@x.example' } };
    expect(whoMatches(own('a', 'p1'), [namesake], [])).toEqual([{ kind: 'same-youth', entry: namesake }]);
  });
  it('is never the professional themselves under another designation, on the youth or on a sibling', () => {
    const asTeacher = own('a', 'teacher', 'p1');
    const asCoach = own('b', 'coach', 'p1');
    expect(whoMatches(asTeacher, [asTeacher, asCoach], [own('s', 'coach', 'p1')])).toEqual([]);
    expect(whoMatches(asTeacher, [asTeacher], [], [asCoach])).toEqual([]);
    expect(whoMatches(own('c', 'p2'), [asTeacher, asCoach], []).map(({ entry: e }) => e.entryId)).toEqual([
      'a',
      'b',
    ]);
  });
  it('is never the professional themselves in another region, under any of their addresses or by their word', () => {
    const elsewhere = entry('x', 'rijnmond', '2026-01-01T00:00:00Z');
    const filer = { ...own('a', 'p1'), identities: ['p1\nown@x.example', identityOf(elsewhere.contact)] };
    expect(whoMatches(filer, [elsewhere], [elsewhere], [elsewhere])).toEqual([]);
    const shared = { ...filer, identities: [] };
    expect(whoMatches(shared, [elsewhere], [])).toHaveLength(1);
    expect(whoMatches({ ...shared, samePerson: ['x'] }, [elsewhere], [elsewhere], [elsewhere])).toEqual([]);
    const colleague = own('x', 'p2');
    expect(whoMatches({ ...shared, samePerson: ['x'] }, [colleague], [])).toHaveLength(1);
  });
  it('names a signal once, as the same youth before as a sibling', () => {
    const same = entry('c', 'rijnmond', '2026-01-01T00:00:00Z');
    expect(whoMatches(own('a', 'p1'), [same], [same])).toEqual([{ kind: 'same-youth', entry: same }]);
  });
});

describe('a match', () => {
  const [first, second, third] = ['2026-01-01', '2026-02-01', '2026-03-01'].map((day, n) =>
    entry(`${n}`, 'midden', `${day}T00:00:00Z`),
  );
  it('is made by the second signal on the youth, and stays made then when more come', () => {
    expect(matchMade([second!, first!])).toEqual(second!.filedAt);
    expect(matchMade([third!, second!, first!])).toEqual(second!.filedAt);
  });
  it('is of the oldest signals that are left, when one ends', () => {
    expect(matchMade([third!, second!])).toEqual(third!.filedAt);
    expect(matchMade([third!])).toEqual(third!.filedAt);
  });
});

describe('the process manager who follows up', () => {
  const midden = ['0344', '0307'];
  it("is the one of the youth's municipality", () => {
    expect(municipalityOfFollowUp({ municipality: '0307', isProtected: false }, midden, '0344')).toBe('0307');
  });
  it("is the one of the organisation's municipality when the youth lives outside the covenant, or nobody knows where", () => {
    expect(municipalityOfFollowUp({ municipality: '0599', isProtected: false }, midden, '0344')).toBe('0344');
    expect(municipalityOfFollowUp({ municipality: null, isProtected: false }, midden, '0344')).toBe('0344');
  });
  it('is one of the whole region for an organisation without municipality', () => {
    expect(municipalityOfFollowUp({ municipality: '0599', isProtected: false }, [], null)).toBeNull();
  });
  it("is the one of the organisation's municipality for a protected address, even if a residence is known", () => {
    expect(municipalityOfFollowUp({ municipality: '0307', isProtected: true }, midden, '0344')).toBe('0344');
  });
});

describe('who may be the same youth without BSN', () => {
  const mine = { entryId: 'mine', confirmed: ['theirs'], bsnKnown: false, youthId: 'y', person: 'p' };
  const theirs = {
    entryId: 'theirs',
    confirmed: ['mine'],
    bsnKnown: false,
    youthId: 'z',
    person: 'q',
  };
  const elsewhere = { entryId: 'elsewhere', confirmed: [], bsnKnown: false };

  it('is whoever is described alike, by another professional here or in another region', () => {
    expect(mayBeSameYouth(mine, theirs)).toBe(true);
    expect(mayBeSameYouth(mine, elsewhere)).toBe(true);
    expect(mayBeSameYouth(mine, { ...theirs, person: 'p' })).toBe(false);
  });
  it('is said by the BSN once this region knows both', () => {
    const known = { bsnKnown: true };
    expect(mayBeSameYouth({ ...mine, ...known }, { ...theirs, ...known })).toBe(false);
    expect(mayBeSameYouth({ ...mine, ...known }, theirs)).toBe(true);
    expect(mayBeSameYouth(mine, { ...theirs, ...known })).toBe(true);
    expect(mayBeSameYouth({ ...mine, ...known }, { ...elsewhere, ...known })).toBe(true);
  });

  it('are not, once either filer rejected it, and others still may be', () => {
    const rejecting = (...rejected: string[]) => ({ ...mine, rejected });
    expect(mayBeSameYouth(rejecting(theirs.entryId), theirs)).toBe(false);
    expect(mayBeSameYouth(theirs, rejecting(theirs.entryId))).toBe(false);
    expect(mayBeSameYouth(rejecting(elsewhere.entryId), elsewhere)).toBe(false);
    expect(mayBeSameYouth(rejecting(elsewhere.entryId), theirs)).toBe(true);
  });
  it('is told who it is when both confirmed, each the other', () => {
    expect(bothConfirmed(mine, theirs)).toBe(true);
    expect(bothConfirmed({ ...mine, confirmed: [] }, theirs)).toBe(false);
    expect(bothConfirmed(mine, { ...theirs, confirmed: [] })).toBe(false);
    expect(bothConfirmed(mine, { ...theirs, confirmed: ['another'] })).toBe(false);
    expect(bothConfirmed({ ...mine, confirmed: ['another'] }, theirs)).toBe(false);
  });
  it('is asked to verify when the other side alone knows the BSN', () => {
    expect(askedToVerify({ bsnKnown: false }, { bsnKnown: true })).toBe(true);
    expect(askedToVerify({ bsnKnown: true }, { bsnKnown: true })).toBe(false);
    expect(askedToVerify({ bsnKnown: false }, { bsnKnown: false })).toBe(false);
    expect(askedToVerify({ bsnKnown: true }, { bsnKnown: false })).toBe(false);
  });
  it('comes after who is known to be involved', () => {
    const other = entry('x', 'rijnmond', '2026-01-01T00:00:00Z');
    const kinds = (same: Entry[], siblings: Entry[]) =>
      whoMatches(own('me', 'p'), same, siblings, [other]).map(({ kind }) => kind);
    expect(kinds([], [])).toEqual(['possibly-same-youth']);
    expect(kinds([other], [])).toEqual(['same-youth']);
    expect(kinds([], [other])).toEqual(['sibling']);
  });
});
