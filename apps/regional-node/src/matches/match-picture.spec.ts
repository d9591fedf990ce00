import type { CardEntry, CardLead, ContactCard, PossibleEntry } from '#libs/protocol';
import type { CovenantDocument, CovenantOrganisation, LeadingRule } from '../covenant/index.js';
import { MatchPicture, type OwnYouth, type PeerCard, type PictureInput } from './match-picture.js';
import { cardContent } from './card-content.js';
import { possibleContent } from './possible-matches.js';
import { identityOf, type OwnEntry } from './match-picture.types.js';

const contact = (name: string) => ({
  name,
  function: 'functie',
  organisation: `Organisatie ${name}`,
  phone: '030-0000001',
  email: `${name.toLowerCase()}@x.example`,
});
let signals = 0;
const youth = (id: string, parents: string[], people: string[], more: Partial<OwnYouth> = {}): OwnYouth => ({
  id,
  index: `index-${id}`,
  parents,
  municipality: '0344',
  residenceAsOf: '2020-01-01',
  isProtected: false,
  entries: people.map((name) => ({
    entryId: `entry-${name}`,
    region: 'midden',
    kind: name === 'Zorg' ? 'youth-care' : 'school',
    filedAt: new Date(Date.UTC(2026, 0, 1, 0, signals++)),
    contact: contact(name),
    filer: contact(name),
    identities: [identityOf(contact(name))],
    contactId: `person-${name}`,
    contactMade: [],
    bsnKnown: true,
    confirmed: [],
    rejected: [],
    samePerson: [],
    signalId: `signal-${name}`,
    signalNumber: `MN-2026-${signals}`,
    professionalId: `person-${name}`,
    person: `person-${name}`,
    contactPerson: `person-${name}`,
    youthId: id,
    organisationId: `organisation-${name}`,
    organisationMunicipality: '0344',
  })),
  ...more,
});
const cardEntry = (name: string, youthRef: string, minute: number): CardEntry => ({
  ...contact(name),
  entryId: `entry-${name}`,
  youthRef,
  kind: 'school',
  filedAt: new Date(Date.UTC(2026, 1, 1, 0, minute)).toISOString(),
  contactMade: [],
});
const card = (entries: CardEntry[], more: Partial<ContactCard> = {}): ContactCard => ({
  v: 1,
  entries,
  leads: [],
  more: 0,
  validUntil: '2027-01-01T00:00:00Z',
  ...more,
});
const lead = (name: string, youthRef: string, leadingRegion: string): CardLead => ({
  ...contact(name),
  youthRef,
  leadingRegion,
  leadingBecause: 'residence',
  because: 'organisation-kind',
  entryId: `entry-${name}`,
});
const peer = (
  role: 'youth' | 'parent',
  personIndex: string,
  refs: Record<string, string>,
  content: ContactCard,
  region = 'rijnmond',
): PeerCard => ({
  region,
  role,
  personIndex,
  card: content,
  refs: new Map(Object.entries(refs)),
});
const covenant = (leading: Partial<LeadingRule>, organisations: Partial<CovenantOrganisation>[] = []) =>
  ({
    leading: {
      order: [],
      never: [],
      tieBreaks: ['earliest-signal'],
      fallback: 'process-manager',
      ...leading,
    },
    organisations,
  }) as unknown as CovenantDocument;
const picture = (youths: OwnYouth[], peerCards: PeerCard[] = [], more: Partial<PictureInput> = {}) =>
  new MatchPicture({
    region: 'midden',
    regionName: 'Verwijsindex Midden',
    youths,
    peerCards,
    covenantAt: () => covenant({ order: ['youth-care', 'school'] }),
    covenantMunicipalities: ['0344'],
    processManagers: new Map([
      ['0344', { id: 'pm', person: 'pm', ...contact('Procesmanager'), organisation: 'Gemeente Utrecht' }],
    ]),
    presentCode: (municipality) => municipality,
    regionOf: (municipality) => ({ '0344': 'midden', '0599': 'rijnmond' })[municipality],
    ...more,
  });
const names = (drawn: MatchPicture, youthId: string, at = 0) =>
  drawn.viewsOf(youthId)[at]!.involved.map(({ kind, entry }) => `${kind} ${entry.contact.name}`);

describe('the picture of matches', () => {
  it('shows one signal alone as no match', () => {
    expect(picture([youth('a', ['f'], ['Een'])]).viewsOf('a')[0]!.involved).toEqual([]);
  });
  it('links a youth with a half-sibling, and siblings of siblings not', () => {
    const drawn = picture([
      youth('a', ['f', 'm1'], ['Een']),
      youth('b', ['f', 'm2'], ['Twee']),
      youth('c', ['m2', 'v2'], ['Drie']),
    ]);
    expect(names(drawn, 'a')).toEqual(['sibling Twee']);
    expect(names(drawn, 'b')).toEqual(['sibling Een', 'sibling Drie']);
  });
  it('reads a card on the handle of the youth as the same youth', () => {
    const drawn = picture(
      [youth('a', ['f'], ['Een'])],
      [peer('youth', 'index-a', { a: 'ref-a' }, card([cardEntry('Elders', 'ref-a', 1)]))],
    );
    expect(names(drawn, 'a')).toEqual(['same-youth Elders']);
  });
  it('knows of a contact between signals on a brother and a sister, though it stands on the card of a parent only', () => {
    const theirs = cardEntry('Zij', 'b', 1);
    const drawn = picture(
      [youth('a', ['f'], ['Een']), youth('b', ['f'], ['Twee'])],
      [
        peer('parent', 'f', { a: 'a', b: 'b' }, card([{ ...theirs, contactMade: ['entry-Een'] }])),
        peer('youth', 'index-b', { b: 'b' }, card([theirs])),
      ],
    );
    for (const id of ['a', 'b']) {
      const { involved } = drawn.viewsOf(id)[0]!;
      expect(involved.find(({ entry }) => entry.contact.name === 'Zij')?.entry.contactMade).toEqual([
        'entry-Een',
      ]);
    }
  });
  it("reads a card on a parent's handle that comes first as what it is: the same youth where the reference is equal, a sibling where not", () => {
    const onFather = peer(
      'parent',
      'f',
      { a: 'ref-a' },
      card([cardEntry('Zelfde', 'ref-a', 1), cardEntry('Broer', 'ref-b', 2)]),
    );
    expect(names(picture([youth('a', ['f'], ['Een'])], [onFather]), 'a')).toEqual([
      'same-youth Zelfde',
      'sibling Broer',
    ]);
  });
  it('hides nobody behind a card of another region that takes over an entry id, one’s own or another’s', () => {
    const real = cardEntry('Elders', 'r1', 1);
    const taken = (entryId: string) => ({ ...cardEntry('Kwaad', 'r2', 1), entryId });
    const drawn = picture(
      [youth('a', ['f'], ['Een'])],
      [
        peer('youth', 'index-a', { a: 'r2' }, card([taken(real.entryId), taken('entry-Een')]), 'kwaad'),
        peer('youth', 'index-a', { a: 'r1' }, card([real])),
      ],
    );
    expect(names(drawn, 'a')).toEqual(['same-youth Kwaad', 'same-youth Kwaad', 'same-youth Elders']);
    expect(drawn.leadOf('a')).toMatchObject({ entryId: 'entry-Een', contact: { name: 'Een' } });
  });
  it('lists somebody once who comes in over the youth and both parents', () => {
    const cards = [
      peer('youth', 'index-a', { a: 'r1' }, card([cardEntry('Zelfde', 'r1', 1)])),
      peer('parent', 'f', { a: 'r2' }, card([cardEntry('Zelfde', 'r2', 1), cardEntry('Broer', 's2', 1)])),
      peer('parent', 'm', { a: 'r3' }, card([cardEntry('Zelfde', 'r3', 1), cardEntry('Broer', 's3', 1)])),
    ];
    expect(names(picture([youth('a', ['f', 'm'], ['Een'])], cards), 'a')).toEqual([
      'same-youth Zelfde',
      'sibling Broer',
    ]);
  });
  it('does not take an entry on the handle of the youth for the same youth when its reference differs', () => {
    const drawn = picture(
      [youth('a', ['f'], ['Een'])],
      [peer('youth', 'index-a', { a: 'ref-a' }, card([cardEntry('Vreemd', 'ref-x', 1)]))],
    );
    expect(names(drawn, 'a')).toEqual([]);
  });
});

describe('the lead', () => {
  it('is named by the own covenant when this region leads, among all regions', () => {
    const elsewhere = peer(
      'youth',
      'index-a',
      { a: 'r' },
      card([{ ...cardEntry('Elders', 'r', 1), kind: 'youth-care' }]),
    );
    expect(picture([youth('a', ['f'], ['Een'])], [elsewhere]).leadOf('a')).toMatchObject({
      contact: { name: 'Elders' },
      leadingRegion: 'midden',
      leadingBecause: 'residence',
    });
  });
  it('is what the leading region says when another region leads, and unknown until it says so', () => {
    const home = { residence: { municipality: '0599', asOf: '2025-01-01' } };
    const silent = peer('youth', 'index-a', { a: 'r' }, card([cardEntry('Elders', 'r', 1)], home));
    expect(picture([youth('a', ['f'], ['Een'])], [silent]).leadOf('a')).toBeUndefined();
    const said = peer(
      'youth',
      'index-a',
      { a: 'r' },
      card([cardEntry('Elders', 'r', 1)], { ...home, leads: [lead('Elders', 'r', 'rijnmond')] }),
    );
    expect(picture([youth('a', ['f'], ['Een'])], [said]).leadOf('a')).toMatchObject({
      contact: { name: 'Elders' },
      leadingRegion: 'rijnmond',
    });
  });
  it('is nobody whose signal has ended or was handed over, before the leading region has heard of it', () => {
    const home = { residence: { municipality: '0599', asOf: '2025-01-01' } };
    const said = peer(
      ...(['youth', 'index-a', { a: 'r' }] as const),
      card([cardEntry('Elders', 'r', 1)], { ...home, leads: [lead('Zorg', 'r', 'rijnmond')] }),
    );
    const both = youth('a', ['f'], ['Een', 'Zorg']);
    const [een, zorg] = both.entries as [OwnEntry, OwnEntry];
    expect(picture([both], [said]).leadOf('a')).toMatchObject({ contact: { name: 'Zorg' } });
    expect(picture([{ ...both, entries: [een] }], [said]).leadOf('a')).toBeUndefined();
    const taken = { ...zorg, contact: contact('Opvolger') };
    expect(picture([{ ...both, entries: [een, taken] }], [said]).leadOf('a')).toBeUndefined();
  });
  it('is not taken from a region that does not lead', () => {
    const usurper = peer(
      'youth',
      'index-a',
      { a: 'r' },
      card([cardEntry('Elders', 'r', 1)], { leads: [lead('Elders', 'r', 'rijnmond')] }),
    );
    expect(picture([youth('a', ['f'], ['Zorg'])], [usurper]).leadOf('a')).toMatchObject({
      contact: { name: 'Zorg' },
      leadingRegion: 'midden',
    });
  });
  it('falls back to the process manager, under the name of the region for a protected address', () => {
    const nobody = { covenantAt: () => covenant({ never: ['school'] }) };
    expect(picture([youth('a', [], ['Een'])], [], nobody).leadOf('a')).toMatchObject({
      because: 'process-manager',
    });
    const told = { ...contact('Procesmanager'), organisation: 'Gemeente Utrecht' };
    expect(picture([youth('a', [], ['Een'])], [], nobody).leadOf('a')!.contact).toEqual(told);
    const secret = youth('a', [], ['Een'], { isProtected: true, municipality: null, residenceAsOf: null });
    expect(picture([secret], [], nobody).leadOf('a')).toMatchObject({
      because: 'process-manager',
      leadingBecause: 'earliest-signal',
      contact: { organisation: 'Verwijsindex Midden' },
    });
  });
  it('is told to the one who leads, under whatever designation, and to nobody else', () => {
    const both = youth('a', ['f'], ['Een', 'Zorg', 'Twee']);
    const [een, zorg, twee] = both.entries as [OwnEntry, OwnEntry, OwnEntry];
    const alsoZorg = { ...een, person: zorg.person, contactPerson: zorg.person };
    const views = picture([{ ...both, entries: [alsoZorg, zorg, twee] }]).viewsOf('a');
    expect(views.map(({ own, youLead, lead }) => [own.contact.name, youLead, lead!.contact.name])).toEqual([
      ['Een', true, 'Zorg'],
      ['Zorg', true, 'Zorg'],
      ['Twee', false, 'Zorg'],
    ]);
  });
  it('is told to a process manager who leads and has a signal under another designation', () => {
    const nobody = { covenantAt: () => covenant({ never: ['school'] }) };
    const both = youth('a', [], ['Een', 'Twee']);
    const [een, twee] = both.entries as [OwnEntry, OwnEntry];
    const asTeacher = { ...een, person: 'pm', contactPerson: 'pm' };
    const views = picture([{ ...both, entries: [asTeacher, twee] }], [], nobody).viewsOf('a');
    expect(views.map(({ youLead }) => youLead)).toEqual([true, false]);
  });
  it('is nobody where somebody meets only themselves', () => {
    const both = youth('a', ['f'], ['Een', 'Zorg']);
    const [een, zorg] = both.entries as [OwnEntry, OwnEntry];
    const alsoZorg = { ...een, person: zorg.person, contactPerson: zorg.person };
    const views = picture([{ ...both, entries: [alsoZorg, zorg] }]).viewsOf('a');
    expect(views.map(({ involved, lead, youLead }) => [involved, lead, youLead])).toEqual([
      [[], undefined, false],
      [[], undefined, false],
    ]);
  });
  it('keeps following the covenant under which the match was made', () => {
    const together = youth('a', [], ['Een', 'Zorg']);
    const [, second] = together.entries;
    const later = (moment: Date) => ({
      covenantAt: (made: Date) => covenant({ order: made < moment ? ['school'] : ['youth-care'] }),
    });
    expect(picture([together], [], later(second!.filedAt)).leadOf('a')).toMatchObject({
      contact: { name: 'Zorg' },
    });
    expect(picture([together], [], later(new Date(second!.filedAt.getTime() + 1))).leadOf('a')).toMatchObject(
      { contact: { name: 'Een' } },
    );
  });
  it('goes by what an organisation signed as, and where it works if the covenant says so', () => {
    const together = youth('a', [], ['Een', 'Twee']);
    const signed = (id: string, kind: string, municipality: string) => ({
      id: `organisation-${id}`,
      kind,
      municipalities: [municipality],
    });
    const rule = { order: ['team'], tieBreaks: ['municipality-of-youth', 'earliest-signal'] } as const;
    const near = covenant({ ...rule, order: ['team'], tieBreaks: [...rule.tieBreaks] }, [
      signed('Een', 'team', '0307'),
      signed('Twee', 'team', '0344'),
    ]);
    expect(picture([together], [], { covenantAt: () => near }).leadOf('a')).toMatchObject({
      contact: { name: 'Twee' },
    });
    const secret = { ...together, isProtected: true };
    expect(picture([secret], [], { covenantAt: () => near }).leadOf('a')).toMatchObject({
      contact: { name: 'Een' },
    });
  });
  it('among siblings in other regions is the one that the card repeats for the youth with the earliest signal', () => {
    const early = { ...cardEntry('Broer', 'b', 1), filedAt: '2025-01-01T00:00:00.000Z' };
    const onFather = peer(
      'parent',
      'f',
      { a: 'r' },
      card([early], { leads: [lead('Derde', 'b', 'jeugdmatch')] }),
    );
    expect(picture([youth('a', ['f'], ['Een'])], [onFather]).viewsOf('a')[0]!.lead).toMatchObject({
      contact: { name: 'Derde' },
      leadingRegion: 'jeugdmatch',
    });
  });
  it('is the reader also by their signal on a brother or sister, and not by that of a colleague with the same address', () => {
    const alike = { order: ['school'] };
    const onBoth = [youth('b', ['f'], ['Een']), youth('a', ['f'], ['Twee', 'Een'])];
    onBoth[0]!.entries[0]!.entryId = 'entry-Een-on-b';
    const drawn = picture(onBoth, [], { covenantAt: () => covenant(alike) });
    expect(drawn.viewsOf('a').map(({ lead, youLead }) => [lead?.entryId, youLead])).toEqual([
      ['entry-Een-on-b', false],
      ['entry-Een-on-b', true],
    ]);
    const shared = [youth('c', ['f'], ['Drie']), youth('d', ['f'], ['Vier'])];
    for (const { entries } of shared) entries[0]!.contact.email = 'zorgteam@x.example';
    const both = picture(shared, [], { covenantAt: () => covenant(alike) });
    expect([both.viewsOf('c')[0]!.youLead, both.viewsOf('d')[0]!.youLead]).toEqual([true, false]);
  });
});

describe('youths without BSN', () => {
  const without = (id: string, name: string, confirmed: string[] = [], bsnKnown = false): OwnYouth => {
    const made = youth(id, [], [name], { index: bsnKnown ? `index-${id}` : null, municipality: null });
    const more = { description: 'd', bsnKnown, confirmed: confirmed.map((other) => `entry-${other}`) };
    return { ...made, entries: made.entries.map((entry) => ({ ...entry, ...more })) };
  };
  const possible = (name: string, more: Partial<PossibleEntry> = {}): PossibleEntry => ({
    entryId: `entry-${name}`,
    kind: 'school',
    filedAt: '2025-01-01T00:00:00.000Z',
    confirmed: [],
    contactMade: [],
    ...more,
  });
  const onDescription = (...entries: PossibleEntry[]): PeerCard => ({
    ...peer('parent', 'd', {}, card([], { possible: entries })),
    role: 'described',
  });
  const waiting = (drawn: MatchPicture, id: string) =>
    drawn
      .viewsOf(id)[0]!
      .possible.map(({ entryId, confirmedByUs, confirmedByThem }) =>
        [entryId, confirmedByUs, confirmedByThem].join(' '),
      );

  it('are possibly one when they are described alike, and are named when both confirmed', () => {
    const one = picture([without('a', 'Een', ['Twee']), without('b', 'Twee')]);
    expect([names(one, 'a'), waiting(one, 'a')]).toEqual([[], ['entry-Twee true false']]);
    expect([names(one, 'b'), waiting(one, 'b')]).toEqual([[], ['entry-Een false true']]);
    const both = picture([without('a', 'Een', ['Twee']), without('b', 'Twee', ['Een'])]);
    expect([names(both, 'a'), waiting(both, 'a')]).toEqual([['possibly-same-youth Twee'], []]);
    expect(both.viewsOf('b')[0]!.lead?.contact.name).toBe('Een');
  });
  it('are none when they are described otherwise, or not at all', () => {
    const other = without('b', 'Twee', ['Een']);
    const otherwise = { ...other, entries: other.entries.map((each) => ({ ...each, description: 'e' })) };
    const drawn = picture([without('a', 'Een', ['Twee']), otherwise, youth('c', [], ['Drie'])]);
    for (const id of ['a', 'b', 'c']) expect([names(drawn, id), waiting(drawn, id)]).toEqual([[], []]);
  });
  it('of another region are named when its card says who it is, never as a brother or sister', () => {
    const told = { ...contact('Elders'), leadingRegion: 'rijnmond' };
    const lead = { ...told, leadingBecause: 'earliest-signal', because: 'organisation-kind' } as const;
    const confirmed = { confirmed: ['entry-Een'] };
    const mine = without('a', 'Een', ['Elders']);
    const silent = picture([mine], [onDescription(possible('Elders', confirmed))]);
    expect([names(silent, 'a'), waiting(silent, 'a')]).toEqual([[], ['entry-Elders true true']]);
    const open = picture(
      [mine],
      [onDescription(possible('Elders', { ...confirmed, contact: contact('Elders'), lead }))],
    );
    expect([names(open, 'a'), waiting(open, 'a')]).toEqual([['possibly-same-youth Elders'], []]);
    // the earlier signal is theirs
    expect(open.viewsOf('a')[0]!.lead).toMatchObject({
      leadingRegion: 'rijnmond',
      contact: { name: 'Elders' },
    });
  });
  it('of another region stay unnamed when only its card says that it was confirmed', () => {
    const forward = possible('Elders', { confirmed: ['entry-Een'], contact: contact('Elders') });
    const drawn = picture([without('a', 'Een')], [onDescription(forward)]);
    expect([names(drawn, 'a'), waiting(drawn, 'a')]).toEqual([[], ['entry-Elders false true']]);
  });
  it('are no possible match any more once they are the same youth', () => {
    const known = without('a', 'Een', ['Elders'], true);
    const cards = [
      onDescription(possible('Elders', { bsnKnown: true, confirmed: ['entry-Een'] })),
      peer('youth', 'index-a', { a: 'ref-a' }, card([cardEntry('Elders', 'ref-a', 1)])),
    ];
    const drawn = picture([known], cards);
    expect([names(drawn, 'a'), waiting(drawn, 'a')]).toEqual([['same-youth Elders'], []]);
  });

  describe('in the card to another region', () => {
    const ours = (confirmed: string[]) => without('a', 'Een', confirmed).entries;
    const content = (confirmed: string[], theirs: PossibleEntry[]) =>
      possibleContent(ours(confirmed), onDescription(...theirs).card, () => undefined)!;

    it('are listed without anything about the professional until both confirmed', () => {
      for (const [confirmed, theirs] of [
        [[], []],
        [['Elders'], [possible('Elders')]],
        [[], [possible('Elders', { confirmed: ['entry-Een'] })]],
        [['Elders'], [possible('Elders', { confirmed: ['entry-Ander'] })]],
      ] as [string[], PossibleEntry[]][]) {
        const said = content(confirmed, theirs);
        expect(said.entries).toEqual([]);
        expect(Object.keys(said.possible![0]!).sort()).toEqual([
          ...['confirmed', 'contactMade', 'entryId', 'filedAt', 'kind'],
        ]);
        // wire 1.0 demands a word here
        expect(said.possible![0]!.kind).toBe('undisclosed');
      }
      const both = content(['Elders'], [possible('Elders', { confirmed: ['entry-Een'] })]);
      expect(both.possible![0]).toMatchObject({
        ...{ kind: ours([])[0]!.kind, contact: contact('Een'), confirmed: ['entry-Elders'] },
      });
    });
    it('confirm only what that region listed', () => {
      expect(content(['Elders', 'Ander'], [possible('Elders')]).possible![0]!.confirmed).toEqual([
        'entry-Elders',
      ]);
    });
    it('are none when no signal is left', () => {
      expect(possibleContent([], undefined, () => undefined)).toBeUndefined();
    });
  });
});

describe('the card to another region', () => {
  const seen = [youth('a', [], ['Een', 'Zorg'], { index: 'aa' })];
  /** What our card says when the other side's is this one. */
  const leadsWith = (theirs: ContactCard | undefined) => {
    const drawn = picture(seen, theirs ? [{ ...peer('youth', 'aa', { a: 'ref-a' }, theirs) }] : []);
    const scene = { picture: drawn, youths: seen, refs: new Map([['m', new Map([['a', 'ref-a']])]]) };
    const handle = { role: 'youth', personIndex: Buffer.from('aa', 'hex') };
    return cardContent(scene as never, { match: { matchId: 'm' }, handle, card: theirs } as never)!.leads;
  };

  it('names who leads once the other side said who they are, and not before', () => {
    expect(leadsWith(undefined)).toEqual([]);
    expect(leadsWith(card([cardEntry('Elders', 'ref-a', 1)]))).toMatchObject([{ name: 'Zorg' }]);
  });
});
