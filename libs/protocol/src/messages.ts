import {
  ArrayMaxSize,
  ArrayMinSize,
  Equals,
  IsArray,
  IsBoolean,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
} from 'class-validator';
import { SignedRoll } from './roll.js';
import {
  AreObjects,
  IsBase64UrlOf,
  IsCount,
  IsIncarnation,
  IsMoment,
  IsOne,
  IsPartyId,
  IsPlace,
  IsPlainLine,
} from './validation.js';
import { MAX_LISTED, Version } from './version.js';

/*
 * The messages between a regional node and the relay. These classes are the one definition.
 * Sequenced messages have a place in the sender's gapless order and are confirmed by the receiving application;
 * control messages have none (`seq` 0) and may be lost.
 */

/** Region → relay: this tag is present under this handle. */
export class TagPut {
  @IsCount(1) epoch: number;
  /** 16 random bytes; used once and never again. */
  @IsBase64UrlOf(16) handle: string;
  /** HKDF-SHA256 of the person's secret, 32 bytes. The relay keeps only its HMAC under the pepper. */
  @IsBase64UrlOf(32) tag: string;
  /** It is of the archive: it matches nobody, and is only looked for when somebody asks. */
  @IsOptional() @Equals(true) archived?: true;
}

/** Region → relay: the tag under this handle is gone. */
export class TagDelete {
  @IsBase64UrlOf(16) handle: string;
}

/** A contact card, sealed from region to region (HPKE AuthPSK, RFC 9180 §5.1.4); the relay routes it and cannot read it. */
export class SealedCard {
  @IsBase64UrlOf(16) matchId: string;
  @IsOne(() => Version) version: Version;
  /** HPKE encapsulated key, 32 bytes. */
  @IsBase64UrlOf(32) enc: string;
  /** HPKE ciphertext; its plaintext is padded to a fixed size. */
  @IsString() @Matches(/^[A-Za-z0-9_-]+$/) @MaxLength(60_000) ciphertext: string;
}

/** Region → relay: a card for the other side of a match. */
export class CardSend extends SealedCard {
  @IsPartyId() toRegion: string;
}

/** Relay → region: a card from the other side of a match. */
export class CardDeliver extends SealedCard {
  @IsPartyId() fromRegion: string;
}

/**
 * What a region did with a card: `opened`; `ended` when its handle is no longer live (dropped quietly);
 * `unopenable` when the handle is live and the card does not open, which alarms both sides.
 */
export const CARD_OUTCOMES = ['opened', 'ended', 'unopenable'] as const;
export type CardOutcome = (typeof CARD_OUTCOMES)[number];

class Receipt {
  @IsBase64UrlOf(16) matchId: string;
  @IsOne(() => Version) version: Version;
  @IsIn(CARD_OUTCOMES) outcome: CardOutcome;
}
/** Region → relay: the receipt for a card, for the region that sent it. */
export class ReceiptSend extends Receipt {
  @IsPartyId() toRegion: string;
}
/** Relay → region: the receipt for a card that this region sent. */
export class ReceiptDeliver extends Receipt {
  @IsPartyId() fromRegion: string;
}

/** Relay → region: your handle and a handle of `peerRegion` carry the same tag. */
export class MatchFound {
  @IsBase64UrlOf(16) matchId: string;
  @IsBase64UrlOf(16) handle: string;
  @IsPartyId() peerRegion: string;
  @IsCount(1) epoch: number;
  /** True on the side whose handle is newer; the other answers only to a card that opened. */
  @IsBoolean() sendFirst: boolean;
}

/** Relay → region: there is no such match (any more). Closes a notice that no card has answered yet, and ends nothing else. */
export class MatchClosed {
  @IsBase64UrlOf(16) matchId: string;
  /** It answers a card for a match that the relay does not know: the other side has not heard what it said. */
  @IsOptional() @Equals(true) unknown?: true;
}

/** Either way, control: everything up to and including `upTo` has been applied and will survive; with `resendFrom`, what lies after it did not arrive. */
export class Confirm {
  @IsIncarnation(1) incarnation: number;
  @IsPlace(0) upTo: number;
  @IsOptional() @IsPlace(1) resendFrom?: number;
}

/** Either way, control: where do we stand? Asked at every (re)connection, and now and then. */
export class Hello {
  /** 16 random bytes that the answer repeats, so that an old answer is recognised as one. */
  @IsBase64UrlOf(16) question: string;
}

/**
 * Either way, control: the answer to a hello. Each side compares what the other knows of it with what it knows itself; whoever lost its
 * memory (a database lost, or restored from a backup) is found out by both, before anything else is said.
 */
export class Position {
  @IsBase64UrlOf(16) question: string;
  /** The incarnation of the last message of the other side that was applied, and its number; 0 before the first. */
  @IsIncarnation(0) inIncarnation: number;
  @IsPlace(0) inApplied: number;
  /** The own incarnation, the number that the next message will get, and the last one that the other side confirmed. */
  @IsIncarnation(1) outIncarnation: number;
  @IsPlace(1) outNext: number;
  @IsPlace(0) outConfirmed: number;
  /** 16 random bytes that name a loss of memory from which this side has not recovered: the other is to say everything again, once. */
  @IsOptional() @IsBase64UrlOf(16) recovery?: string;
}

/**
 * Region → relay: signals that ended, by tokens that mean nothing to anybody else. The relay keeps them, so that a region that is
 * restored from a backup learns what it had erased since.
 */
export class Erased {
  /** 16 bytes each. */
  @IsArray() @ArrayMinSize(1) @ArrayMaxSize(MAX_LISTED) @IsBase64UrlOf(16, { each: true }) tokens: string[];
}

/** Relay → region, when one of them lost its memory: what the relay knows of the region. Comes in parts. */
export class Recall {
  /** Tokens of signals that ended. */
  @IsArray() @ArrayMaxSize(MAX_LISTED) @IsBase64UrlOf(16, { each: true }) erased: string[];
  /** Handles under which a tag is present. */
  @IsArray() @ArrayMaxSize(MAX_LISTED) @IsBase64UrlOf(16, { each: true }) handles: string[];
  /** Whether this is the last part. */
  @IsBoolean() last: boolean;
  /** Which loss of memory of the region it answers. */
  @IsBase64UrlOf(16) recovery: string;
}

/**
 * Region → relay: in this incarnation all tags of the region have been put up to here. Those that were put in earlier incarnations, and
 * not again, are gone.
 */
export class TagsComplete {
  @IsCount(0) tags: number;
}

/** Region → relay: which handles the relay must have by this message. If it has others, the region has to say everything again. */
export class TagsDigest {
  @IsCount(0) tags: number;
  /** SHA-256 over the handles of 16 bytes each, in rising order. Handles suffice: one is used once, so its tag never changes. */
  @IsBase64UrlOf(32) digest: string;
}

/** Region → relay: a roll for another region. */
export class RollSend extends SignedRoll {
  @IsPartyId() toRegion: string;
}
/** Relay → region: a roll of another region. */
export class RollDeliver extends SignedRoll {
  @IsPartyId() fromRegion: string;
}

/** A letter, sealed from region to region (HPKE Auth, RFC 9180 §5.1.3). The relay learns from whom and for whom, and nothing else. */
export class SealedLetter {
  /** HPKE encapsulated key, 32 bytes. */
  @IsBase64UrlOf(32) enc: string;
  /** HPKE ciphertext; its plaintext is padded to a fixed size. */
  @IsString() @Matches(/^[A-Za-z0-9_-]+$/) @MaxLength(22_000) ciphertext: string;
}
/** Region → relay: a letter for another region. */
export class LetterSend extends SealedLetter {
  @IsPartyId() toRegion: string;
}
/** Relay → region: a letter of another region. */
export class LetterDeliver extends SealedLetter {
  @IsPartyId() fromRegion: string;
}

/**
 * Region → relay: does another region have this person in its archive? Asked once for every person of a new signal, parents too, of whom
 * nobody has anything in an archive: so the relay does not learn from it who is the youth.
 */
export class ArchiveAsk {
  /** 16 random bytes that the answers repeat. */
  @IsBase64UrlOf(16) question: string;
  /** The region's own handle of this person, under which a tag is present that is not of the archive. */
  @IsBase64UrlOf(16) handle: string;
  /** The person's tag in the archive, in the epoch of the handle. */
  @IsBase64UrlOf(32) tag: string;
}

/** Relay → region: `fromRegion` asks what your archive holds under this handle. */
export class ArchiveAsked {
  @IsBase64UrlOf(16) question: string;
  @IsBase64UrlOf(16) handle: string;
  @IsPartyId() fromRegion: string;
}

/** What an archive answers, sealed from region to region (HPKE AuthPSK); the relay cannot read it, nor see whether there is anything in it. */
export class SealedArchiveAnswer {
  @IsBase64UrlOf(16) question: string;
  /** HPKE encapsulated key, 32 bytes. */
  @IsBase64UrlOf(32) enc: string;
  /** HPKE ciphertext; its plaintext is padded to a fixed size. */
  @IsString() @Matches(/^[A-Za-z0-9_-]+$/) @MaxLength(12_000) ciphertext: string;
}
/** Region → relay: the answer for the region that asked. */
export class ArchiveAnswer extends SealedArchiveAnswer {
  @IsPartyId() toRegion: string;
}
/** Relay → region: the answer of another region. */
export class ArchiveAnswered extends SealedArchiveAnswer {
  @IsPartyId() fromRegion: string;
}

/** How the synthetic match with another region does. */
export class ProbeReport {
  @IsPartyId() region: string;
  /** When a card of the other side last opened; absent before the first. */
  @IsOptional() @IsMoment() lastMatchAt?: string;
  /** Whether it should have come again by now. */
  @IsBoolean() overdue: boolean;
}

/** Region → relay, control: how the node is doing. Counts only. */
export class Heartbeat {
  @IsPlainLine(40) softwareVersion: string;
  /**
   * Messages that the relay has not confirmed. Those that are to leave later, at a random moment, are not counted: that there are some would
   * tell that a family was filed just now.
   */
  @IsCount(0) queued: number;
  /** For how many seconds the oldest of those could have been confirmed. */
  @IsCount(0) oldestQueuedSeconds: number;
  /** Persons who wait for the key holders. */
  @IsCount(0) awaitingSecret: number;
  @IsCount(0) matches: number;
  /** Notices of this region that waited too long for a card of the other side. */
  @IsCount(0) unansweredNotices: number;
  /** Cards for a live handle that did not open. */
  @IsCount(0) unopenableCards: number;
  /** Persons whom the relay knew of and a restored backup did not: signals on them were accepted and are lost. */
  @IsCount(0) lostPersons: number;
  /** Per region with which synthetic matches are exchanged. */
  @AreObjects(() => ProbeReport, 500) probes: ProbeReport[];
  @IsMoment() clock: string;
}

/** Every message type, its class, and whether it is sequenced. */
export const MESSAGES = {
  'tag.put': { body: TagPut, sequenced: true, from: 'region' },
  'tag.delete': { body: TagDelete, sequenced: true, from: 'region' },
  'tags.complete': { body: TagsComplete, sequenced: true, from: 'region' },
  'tags.digest': { body: TagsDigest, sequenced: true, from: 'region' },
  erased: { body: Erased, sequenced: true, from: 'region' },
  'card.send': { body: CardSend, sequenced: true, from: 'region' },
  'receipt.send': { body: ReceiptSend, sequenced: true, from: 'region' },
  'roll.send': { body: RollSend, sequenced: true, from: 'region' },
  'letter.send': { body: LetterSend, sequenced: true, from: 'region' },
  'archive.ask': { body: ArchiveAsk, sequenced: true, from: 'region' },
  'archive.answer': { body: ArchiveAnswer, sequenced: true, from: 'region' },
  heartbeat: { body: Heartbeat, sequenced: false, from: 'region' },
  'match.found': { body: MatchFound, sequenced: true, from: 'relay' },
  'match.closed': { body: MatchClosed, sequenced: true, from: 'relay' },
  'card.deliver': { body: CardDeliver, sequenced: true, from: 'relay' },
  'receipt.deliver': { body: ReceiptDeliver, sequenced: true, from: 'relay' },
  'roll.deliver': { body: RollDeliver, sequenced: true, from: 'relay' },
  'letter.deliver': { body: LetterDeliver, sequenced: true, from: 'relay' },
  'archive.asked': { body: ArchiveAsked, sequenced: true, from: 'relay' },
  'archive.answered': { body: ArchiveAnswered, sequenced: true, from: 'relay' },
  recall: { body: Recall, sequenced: true, from: 'relay' },
  hello: { body: Hello, sequenced: false, from: 'both' },
  position: { body: Position, sequenced: false, from: 'both' },
  confirm: { body: Confirm, sequenced: false, from: 'both' },
} as const;

export type MessageType = keyof typeof MESSAGES;
export type MessageBody<T extends MessageType> = InstanceType<(typeof MESSAGES)[T]['body']>;

/** What goes around every message. The whole of it is signed. */
export class Envelope {
  @Equals(1) v: 1;
  @IsIn(Object.keys(MESSAGES)) type: MessageType;
  @IsPartyId() from: string;
  @IsPartyId() to: string;
  /** The sender's incarnation: a sender restored from a backup starts a new one. */
  @IsIncarnation(1) incarnation: number;
  /** The place in the sender's gapless order to this receiver, from 1; 0 for control messages. */
  @IsPlace(0) seq: number;
  @IsMoment() sentAt: string;
  @IsObject() body: object;
}
