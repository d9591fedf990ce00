import { MAX_ENTRIES, UNDISCLOSED, type ContactCard, type PossibleEntry } from '#libs/protocol';
import type { CardContent } from '../cards/index.js';
import {
  contactFrom,
  keyOf,
  leadFrom,
  type Entry,
  type Lead,
  type OwnEntry,
  type PossibleMatch,
  type YouthGroup,
} from './match-picture.types.js';
import { byFiling } from './rules/by-filing.js';
import {
  askedToVerify,
  bothConfirmed,
  mayBeSameYouth,
  type DescribedSignal,
} from './rules/may-be-same-youth.rule.js';

/** A signal on a youth without BSN who is described as another is; with `group` as far as it may be told who it is and who leads there. */
export interface DescribedEntry extends DescribedSignal {
  region: string;
  group?: YouthGroup & { entry: Entry };
}

/** What a signal on a youth without BSN may match. */
export interface PossibleMatches {
  /** Both sides confirmed. */
  opened: (YouthGroup & { entry: Entry })[];
  waiting: PossibleMatch[];
}

/** An own signal as another one of the same description sees it. */
export const describedOwn = (entry: OwnEntry, { entries, lead }: YouthGroup): DescribedEntry => ({
  ...entry,
  group: { entry, entries, ...(lead ? { lead } : {}) },
});

/** A signal of another region, from its card. */
export function describedPeer(region: string, entry: PossibleEntry): DescribedEntry {
  const { entryId, kind, confirmed, contact, replacement, lead } = entry;
  const told: Entry | undefined = contact && {
    ...{ entryId, region, kind, filedAt: new Date(entry.filedAt), contactMade: entry.contactMade },
    contact: contactFrom(replacement ?? contact),
    ...(replacement ? { standsInFor: contact.name, absent: true } : {}),
  };
  return {
    ...{ entryId, region, confirmed, bsnKnown: entry.bsnKnown === true },
    ...(told ? { group: { entry: told, entries: [told], ...(lead ? { lead: leadFrom(lead) } : {}) } } : {}),
  };
}

/** Sorts signals of the same description into those that both sides confirmed and those that wait for it. */
export function possibleMatches(own: OwnEntry, others: readonly DescribedEntry[]): PossibleMatches {
  const matches: PossibleMatches = { opened: [], waiting: [] };
  for (const other of others) {
    if (keyOf(own) === keyOf(other) || !mayBeSameYouth(own, other)) continue;
    const { entryId, region, group } = other;
    if (group && bothConfirmed(own, other)) {
      const { entry } = group;
      matches.opened.push({
        ...group,
        entry: askedToVerify(own, other) ? { ...entry, verify: true } : entry,
      });
    } else
      matches.waiting.push({
        ...{ entryId, region },
        confirmedByUs: own.confirmed.includes(entryId),
        confirmedByThem: other.confirmed.includes(own.entryId),
        verify: askedToVerify(own, other),
      });
  }
  return matches;
}

/**
 * What our card on the handle of a description says: that there are signals, and for those who confirmed each other with somebody of the other
 * side the kind of organisation and how to reach them.
 * @param entries our signals of that description
 * @param card the other side's, if it came
 */
export function possibleContent(
  entries: readonly OwnEntry[],
  card: ContactCard | undefined,
  leadOf: (youthId: string) => Lead | undefined,
): CardContent | undefined {
  if (entries.length === 0) return undefined;
  const theirs = card?.possible ?? [];
  const isTheirs = (entryId: string) => theirs.some((entry) => entry.entryId === entryId);
  const possible = [...entries]
    .sort(byFiling)
    .slice(0, MAX_ENTRIES)
    .map((own): PossibleEntry => {
      const lead = leadOf(own.youthId);
      const told = {
        kind: own.kind,
        contact: own.filer,
        ...(own.standsInFor === undefined ? {} : { replacement: own.contact }),
        ...(lead ? { lead: { ...lead.contact, ...leadTold(lead) } } : {}),
      };
      return {
        entryId: own.entryId,
        kind: UNDISCLOSED,
        filedAt: own.filedAt.toISOString(),
        confirmed: own.confirmed.filter(isTheirs),
        ...(own.bsnKnown ? { bsnKnown: true } : {}),
        contactMade: own.contactMade.filter(isTheirs),
        ...(theirs.some((entry) => bothConfirmed(own, entry)) ? told : {}),
      };
    });
  return { entries: [], possible, leads: [], more: entries.length - possible.length };
}

const leadTold = ({ leadingRegion, leadingBecause, because, entryId }: Lead) => ({
  ...{ leadingRegion, leadingBecause, because },
  ...(entryId ? { entryId } : {}),
});
