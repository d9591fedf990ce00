import { SettableClock } from '#libs/clock';
import { RELAY, Signer, signForms, type RegionRegister } from '#libs/protocol';
import { TestParty } from './messaging.fixture.js';
import { PeerForms } from './peer-forms.js';

const clock = new SettableClock(new Date('2026-09-01T09:30:00.000Z'));
let node: TestParty;
let peer: TestParty;
let forms: PeerForms;
let register: RegionRegister;
beforeAll(async () => {
  [node, peer] = await Promise.all([TestParty.create(RELAY, clock), TestParty.create('rijnmond', clock)]);
  forms = new PeerForms(node.dataSource, clock);
  register = {
    ...{ v: 1, version: 1, issuedAt: '2026-01-01T00:00:00.000Z', epoch: 1, threshold: 2, keyHolders: [] },
    relay: { signingKey: node.keys.publicKey, certificateSubject: 'CN=relay' },
    regions: [
      {
        ...{ id: 'rijnmond', name: 'Rijnmond', municipalities: [], state: 'admitted', dailyQuota: 1 },
        ...{ signingKey: peer.keys.publicKey, cardKey: peer.keys.publicKey },
        certificateSubject: 'CN=rijnmond',
      },
    ],
  };
});
beforeEach(() => node.clear());
afterAll(() => Promise.all([node?.stop(), peer?.stop()]));

/** A list that the peer signed, begun so many minutes after half past nine. */
const list = (minutes: number, spoken: string[], signer = peer.signer) =>
  signForms(signer, {
    ...{ party: 'rijnmond', forms: spoken },
    since: new Date(clock.now().getTime() + minutes * 60_000).toISOString(),
  });
const take = (...lists: ReturnType<typeof list>[]) => forms.take(register, lists);
const speaks = (form: 'card/1.0' | 'card/1.1') => forms.speaks(node.dataSource.manager, 'rijnmond', form);
const [OLD, NEW] = [['card/1.0'], ['card/1.0', 'card/1.1']];

describe('the forms of a peer', () => {
  it('are the oldest while it has said nothing', async () => {
    expect([await speaks('card/1.0'), await speaks('card/1.1')]).toEqual([true, false]);
  });
  it('are those of its latest list, in whatever order lists come; who speaks more is told once', async () => {
    expect(await take(list(0, OLD))).toEqual(['rijnmond']);
    expect(await take(list(5, NEW))).toEqual(['rijnmond']);
    expect(await take(list(5, NEW), list(1, OLD))).toEqual([]);
    expect(await speaks('card/1.1')).toBe(true);
    expect(await take(list(6, OLD))).toEqual([]);
    expect(await speaks('card/1.1')).toBe(false);
  });
  it('stay when nothing comes, or what somebody else signed', async () => {
    await take(list(0, NEW));
    expect(await take()).toEqual([]);
    expect(await take(list(1, OLD, new Signer(node.keys)))).toEqual([]);
    expect(await speaks('card/1.1')).toBe(true);
  });
  it('are doubted until it signs a later list', async () => {
    await take(list(0, NEW));
    await forms.doubt(node.dataSource.manager, 'rijnmond');
    expect(await speaks('card/1.1')).toBe(false);
    expect(await take(list(0, NEW))).toEqual([]);
    expect(await speaks('card/1.1')).toBe(false);
    expect(await take(list(1, NEW))).toEqual(['rijnmond']);
    expect(await speaks('card/1.1')).toBe(true);
  });
  it('are handed out as they were signed', async () => {
    const signed = list(0, NEW);
    await take(signed);
    expect(await forms.all()).toMatchObject([signed]);
  });
});
