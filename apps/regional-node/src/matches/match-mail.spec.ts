import { matchMail, type MailStyle, type ToldMatch } from './match-mail.js';
import type { Notice } from './match-notices.js';
import type { ContactDetails, Entry, Lead, PossibleMatch } from './match-picture.types.js';
import type { Involved } from './rules/who-matches.rule.js';

const contact = (name: string): ContactDetails => ({
  name,
  function: 'functie',
  organisation: `Organisatie ${name}`,
  phone: '030-0000001',
  email: `${name.toLowerCase()}@x.example`,
});
const involved = (name: string, kind: Involved['kind'] = 'same-youth', sector = 'school'): Involved => ({
  kind,
  entry: {
    ...{ entryId: `entry-${name}`, region: 'midden', kind: sector, contactMade: [] },
    filedAt: new Date('2026-01-01T00:00:00Z'),
    contact: contact(name),
  },
});
const zorg: Lead = {
  contact: contact('Zorg'),
  entryId: 'entry-Zorg',
  leadingRegion: 'midden',
  leadingBecause: 'residence',
  because: 'organisation-kind',
};
const waiting: PossibleMatch = {
  ...{ entryId: 'x', region: 'rijnmond', kind: 'school' },
  ...{ confirmedByUs: false, confirmedByThem: false, verify: false },
};
const notice = (more: Partial<Notice> = {}): Notice => ({
  subject: 'signal/1',
  receiver: { id: 'een', person: 'een', ...contact('Een') },
  signalNumber: 'MN-2026-000001',
  involved: [involved('Zorg', 'same-youth', 'youth-care'), involved('Broer', 'sibling')],
  possible: [],
  lead: zorg,
  leadIsReceiver: false,
  ...more,
});
const style: MailStyle = {
  indexName: 'Verwijsindex Midden',
  portal: 'https://midden.example',
  mayName: () => true,
  nameOfRegion: () => 'Verwijsindex Midden',
};
const mailOf = (now: Partial<Notice>, before?: Partial<Notice>, change: Partial<MailStyle> = {}) =>
  matchMail([{ now: notice(now), ...(before ? { before: notice(before) } : {}) }], { ...style, ...change });
const times = (text: string, part: string): number => text.split(part).length - 1;

describe('the first mail about a match', () => {
  it('says whom to reach, that siblings are other youths, who leads and why, with one link', () => {
    const { subject, text } = mailOf({});
    expect(subject).toBe('Verwijsindex Midden: match bij uw signaal MN-2026-000001');
    expect(text).toMatch(/^Beste Een,\n\nEr is een match bij uw signaal MN-2026-000001\./);
    expect(text).toMatch(
      /Betrokken bij dezelfde jeugdige:\n- Zorg, functie, Organisatie Zorg \(matchregisseur\)\n {2}telefoon 030-0000001\n {2}e-mail zorg@x.example/,
    );
    expect(text).toMatch(/broer of zus \(het gaat om verschillende jeugdigen\):\n- Broer/);
    expect(text).toContain('Volgens het convenant van Verwijsindex Midden');
    expect(text).toContain(
      'Bekijk de match na het inloggen: https://midden.example/matches/MN-2026-000001\n',
    );
    expect(times(text, 'https://')).toBe(1);
  });
  it('says that the matchregisseur follows when nobody is named yet', () => {
    expect(mailOf({ lead: undefined }).text).toContain(
      'Matchregisseur: de naam volgt in een volgend bericht.',
    );
  });
  it('says when the receiver leads', () => {
    expect(mailOf({ leadIsReceiver: true }).text).toContain('Matchregisseur: dat bent u.');
  });
  it('names a process manager who leads, and is not involved', () => {
    const lead: Lead = {
      ...zorg,
      contact: contact('Manager'),
      entryId: undefined,
      because: 'process-manager',
    };
    expect(mailOf({ lead }).text).toMatch(/Matchregisseur:\n- Manager, functie/);
  });
  it('goes to a process manager without a number, and links to what there is to follow up', () => {
    const { subject, text } = mailOf({ signalNumber: undefined, leadIsReceiver: true });
    expect(subject).toBe('Verwijsindex Midden: match in uw gemeente');
    expect(text).toContain('https://midden.example/opvolging\n');
  });
  it('names neither person nor organisation of a sector that is seen after login only, not as matchregisseur either', () => {
    const { text } = mailOf({}, undefined, { mayName: (kind) => kind !== 'youth-care' });
    expect(text).not.toMatch(/Zorg|zorg@x/);
    expect(text).toMatch(/Betrokken bij dezelfde jeugdige:\n- iemand die u na het inloggen ziet\n/);
    expect(text).toMatch(/Matchregisseur:\n- iemand die u na het inloggen ziet\n/);
    expect(text).toContain('- Broer');
    const nobody = mailOf({ lead: { ...zorg, entryId: undefined } }, undefined, { mayName: () => false });
    expect(nobody.text).not.toContain('Broer');
    expect(nobody.text).toMatch(/Matchregisseur:\n- Zorg/);
  });
});

describe('a mail about several matches that share somebody', () => {
  const second: Partial<Notice> = {
    subject: 'signal/2',
    signalNumber: 'MN-2026-000002',
    involved: [involved('Zorg', 'sibling', 'youth-care'), involved('Broer'), involved('Een', 'sibling')],
  };
  const told: ToldMatch[] = [{ now: notice() }, { now: notice(second) }];

  it('names each person once, and the receiver not at all', () => {
    const { subject, text } = matchMail(told, style);
    expect(subject).toBe('Verwijsindex Midden: match bij uw signalen MN-2026-000001 en MN-2026-000002');
    for (const name of ['- Zorg,', '- Broer,', 'zorg@x.example', 'broer@x.example'])
      expect(times(text, name)).toBe(1);
    expect(text).not.toContain('een@x.example');
    expect(text).toContain('https://midden.example/matches\n');
  });
});

describe('somebody with two designations', () => {
  const at = (organisation: string, more: Partial<ContactDetails> = {}, sector = 'school'): Involved => ({
    kind: 'same-youth',
    entry: {
      ...involved('Olga', 'same-youth', sector).entry,
      entryId: `entry-${organisation}`,
      contact: {
        ...contact('Olga'),
        organisation,
        email: `olga@${organisation.toLowerCase()}.example`,
        ...more,
      },
      ...{ contactPerson: 'olga' },
    },
  });
  const two = [at('School'), at('Team', { function: 'gezinswerker', phone: '030-0000002' })];

  it('is named once, with both organisations', () => {
    const { text } = mailOf({ involved: two, lead: undefined });
    expect(text).toContain(
      [
        '- Olga, functie, School',
        '  telefoon 030-0000001',
        '  e-mail olga@school.example',
        '  ook gezinswerker, Team',
        '  telefoon 030-0000002',
        '  e-mail olga@team.example',
      ].join('\n'),
    );
    expect(times(text, 'Olga')).toBe(1);
  });

  it('is named once where one and the same address is given in two regions', () => {
    const here = at('School', { email: 'olga@x.example' });
    const { contactPerson: _, ...entry } = at('Team', { email: 'olga@x.example' }).entry as Entry & {
      contactPerson: string;
    };
    const { text } = mailOf({
      involved: [here, { kind: 'sibling', entry: { ...entry, region: 'rijnmond' } }],
    });
    expect([times(text, 'Olga'), times(text, 'ook functie, Team')]).toEqual([1, 1]);
  });

  it('is not told of themselves, by whatever address', () => {
    const receiver = { id: 'olga-at-team', person: 'olga', ...two[1]!.entry.contact };
    const { text } = mailOf({ receiver, involved: [...two, involved('Broer', 'sibling')], lead: undefined });
    expect(text).toContain('- Broer,');
    expect(text).not.toContain('olga@school.example');
  });

  it('is named without the organisation of a kind that mails do not name', () => {
    const mayName = (kind: string) => kind !== 'hidden';
    const people = [at('Zorg', {}, 'hidden'), two[1]!];
    const { text } = mailOf({ involved: people, lead: undefined }, undefined, { mayName });
    expect(text).toContain('- Olga, gezinswerker, Team');
    expect(text).not.toContain('Zorg');
  });

  it('is nobody new when they file under the other designation too, and is not gone when one ends', () => {
    const added = mailOf({ involved: two, lead: undefined }, { involved: [two[0]!], lead: undefined });
    expect(added.text).not.toMatch(/bij gekomen|niet meer betrokken|Nieuw betrokken/);
    const ended = mailOf({ involved: [two[1]!], lead: undefined }, { involved: two, lead: undefined });
    expect(ended.text).not.toMatch(/bij gekomen|iet meer betrokken/);
  });

  it('is the same person as in what an older release told, which knew them by name and address', () => {
    const { contactPerson: _, ...entry } = two[0]!.entry as Entry & { contactPerson: string };
    const before = { involved: [{ kind: 'same-youth' as const, entry }], lead: undefined };
    expect(mailOf({ involved: two, lead: undefined }, before).text).not.toMatch(/bij gekomen|iet meer/);
  });

  it('is marked once as the one who leads', () => {
    const lead = { ...zorg, contact: two[1]!.entry.contact, entryId: 'entry-Team' };
    expect(times(mailOf({ involved: two, lead }).text, '(matchregisseur)')).toBe(1);
  });
});

describe('a mail about a change', () => {
  it('says in its first line what has changed, then who is new, who is involved, and who is not any more', () => {
    const { subject, text } = mailOf(
      { involved: [involved('Broer', 'sibling'), involved('Nieuw')], lead: undefined },
      { lead: undefined },
    );
    expect(subject).toBe('Verwijsindex Midden: wijziging in de match bij uw signaal MN-2026-000001');
    expect(text).toMatch(
      /^Beste Een,\n\nDe match bij uw signaal MN-2026-000001 is gewijzigd: er is iemand bij gekomen, iemand is niet meer betrokken\./,
    );
    expect(text).toMatch(/Nieuw betrokken bij dezelfde jeugdige:\n- Nieuw, /);
    expect(text).toMatch(/\nBetrokken bij een broer of zus .*:\n- Broer, /);
    expect(text).toMatch(/Niet meer betrokken:\n- Zorg\n/);
    expect(times(text, 'Zorg')).toBe(1);
  });
  it.each([
    ['the name of the lead came', { lead: undefined }, {}, 'de matchregisseur is bekend'],
    ['another leads', {}, { lead: { ...zorg, contact: contact('Broer') } }, 'de matchregisseur is een ander'],
    ['the receiver leads now', {}, { leadIsReceiver: true }, 'de matchregisseur is een ander'],
    ['there may be one more', {}, { possible: [waiting] }, 'er is een mogelijke match bij gekomen'],
  ])('tells that %s', (_what, before, now, words) => {
    expect(mailOf(now, before).text).toContain(`is gewijzigd: ${words}.`);
  });
  it('says in the same words that it is over, whatever the cause', () => {
    const { subject, text } = mailOf({ involved: [], lead: undefined }, {});
    expect(subject).toBe('Verwijsindex Midden: match beëindigd bij uw signaal MN-2026-000001');
    expect(text).toContain(
      'De match bij uw signaal MN-2026-000001 is voor u beëindigd. U hoeft niets te doen.\n\nVerwijsindex Midden',
    );
  });
  it('is as a first one after a match that was over', () => {
    expect(mailOf({}, { involved: [], lead: undefined }).text).toContain('Er is een match bij uw signaal');
  });
});

describe('a mail about what may be a match', () => {
  const possible = { involved: [], lead: undefined, possible: [waiting] };

  it('tells neither who nor where, and asks to confirm after login', () => {
    const { subject, text } = mailOf(possible);
    expect(subject).toBe('Verwijsindex Midden: mogelijke match bij uw signaal MN-2026-000001');
    expect(text).toMatch(/gaat mogelijk over dezelfde jeugdige.*\nGeef na het inloggen aan/);
    expect(text).toContain('https://midden.example/matches/MN-2026-000001');
    expect(text).not.toMatch(/school|rijnmond|bevestigd dat|Matchregisseur|Van een van hen/);
  });
  it('tells that the other confirmed, unless both did', () => {
    const confirmed = { ...waiting, confirmedByThem: true };
    expect(mailOf({ ...possible, possible: [confirmed] }).text).toContain('heeft al bevestigd');
    const both = { ...confirmed, confirmedByUs: true };
    expect(mailOf({ ...possible, possible: [both] }).text).not.toContain('heeft al bevestigd');
  });
  it('names who was confirmed by both, and asks to verify when the other knows the BSN', () => {
    const alike = involved('Zorg', 'possibly-same-youth');
    expect(mailOf({ involved: [alike] }).text).toMatch(/mogelijk dezelfde jeugdige, zoals.*:\n- Zorg/);
    expect(mailOf({ involved: [alike] }).text).not.toContain('inmiddels bekend');
    const verify: Involved = { ...alike, entry: { ...alike.entry, verify: true } };
    expect(mailOf({ involved: [verify] }).text).toContain('inmiddels bekend');
    expect(mailOf({ ...possible, possible: [{ ...waiting, verify: true }] }).text).toContain(
      'inmiddels bekend',
    );
  });
});
