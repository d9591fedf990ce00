import { MAX_ENTRIES, type CardEntry, type CardLead } from '#libs/protocol';
import type { CardContent, OpenedMatch } from '../cards/index.js';
import type { Lead } from './match-picture.types.js';
import { possibleContent } from './possible-matches.js';
import { byFiling } from './rules/by-filing.js';
import { isOn, type Scene } from './scenes.js';

/** What our card on a match says; undefined while a youth on it waits for the key holders. */
export function cardContent(
  { picture, youths, refs }: Scene,
  { match, handle, card }: OpenedMatch,
): CardContent | undefined {
  if (handle.role === 'described') {
    const index = handle.personIndex.toString('hex');
    const alike = youths.flatMap(({ entries }) => entries).filter((own) => own.description === index);
    return possibleContent(alike, card, (youthId) => picture.leadOf(youthId));
  }
  const onHandle = youths.filter((youth) => isOn(youth, handle) && youth.entries.length > 0);
  const names = refs.get(match.matchId)!;
  if (onHandle.length === 0 || onHandle.some((youth) => !names.has(youth.id))) return undefined;
  const theirs = new Set(card?.entries.map((entry) => entry.entryId));
  const all = onHandle
    .flatMap((youth) => youth.entries.map((own) => ({ own, youthRef: names.get(youth.id)! })))
    .sort((a, b) => byFiling(a.own, b.own));
  const entries = all.slice(0, MAX_ENTRIES).map(({ own, youthRef }): CardEntry => ({
    entryId: own.entryId,
    youthRef,
    ...own.filer,
    ...(own.standsInFor === undefined ? {} : { replacement: own.contact }),
    kind: own.kind,
    filedAt: own.filedAt.toISOString(),
    contactMade: own.contactMade.filter((entryId) => theirs.has(entryId)),
  }));
  // who leads is decided among the signals of both sides: one named before the other side's card may be another a moment later
  const leads = (card ? onHandle : []).flatMap((youth): CardLead[] => {
    const lead = picture.leadOf(youth.id);
    return lead ? [leadFor(names.get(youth.id)!, lead)] : [];
  });
  const [only] = onHandle;
  const residence =
    handle.role === 'youth' && only && !only.isProtected && only.municipality !== null
      ? {
          residence: {
            municipality: only.municipality,
            ...(only.residenceAsOf === null ? {} : { asOf: only.residenceAsOf }),
          },
        }
      : {};
  return { entries, leads: leads.slice(0, MAX_ENTRIES), more: all.length - entries.length, ...residence };
}

const leadFor = (youthRef: string, lead: Lead): CardLead => ({
  youthRef,
  ...lead.contact,
  leadingRegion: lead.leadingRegion,
  leadingBecause: lead.leadingBecause,
  because: lead.because,
  ...(lead.entryId ? { entryId: lead.entryId } : {}),
});
