import { Type } from 'class-transformer';
import {
  Equals,
  IsBoolean,
  IsDefined,
  IsIn,
  IsInt,
  IsISO8601,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { IsBase64UrlOf, IsPartyId } from './validation.js';

/*
 * The messages between a regional node and the relay. These classes are the one definition.
 * Sequenced messages have a place in the sender's gapless order and are confirmed by the receiving application;
 * control messages have none (`seq` 0) and may be lost.
 */

/** Where a state stands in its sender's history: a later incarnation wins, then a higher number. */
export class Version {
  @IsInt() @Min(1) incarnation: number;
  @IsInt() @Min(1) n: number;
}

/** Whether `a` is later than `b`. */
export const isLater = (a: Version, b: Version): boolean =>
  a.incarnation > b.incarnation || (a.incarnation === b.incarnation && a.n > b.n);

/** Region → relay: this tag is present under this handle. */
export class TagPut {
  @IsInt() @Min(1) epoch: number;
  /** 16 random bytes; used once and never again. */
  @IsBase64UrlOf(16) handle: string;
  /** HKDF-SHA256 of the person's secret, 32 bytes. The relay keeps only its HMAC under the pepper. */
  @IsBase64UrlOf(32) tag: string;
}

/** Region → relay: the tag under this handle is gone. */
export class TagDelete {
  @IsBase64UrlOf(16) handle: string;
}

/** A contact card, sealed from region to region (HPKE AuthPSK, RFC 9180 §5.1.4); the relay routes it and cannot read it. */
export class SealedCard {
  @IsBase64UrlOf(16) matchId: string;
  @IsDefined() @ValidateNested() @Type(() => Version) version: Version;
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
  @IsDefined() @ValidateNested() @Type(() => Version) version: Version;
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
  @IsInt() @Min(1) epoch: number;
  /** True on the side whose handle is newer; the other answers only to a card that opened. */
  @IsBoolean() sendFirst: boolean;
}

/** Relay → region: the other side's handle is gone. Closes a notice that no card has answered yet, and ends nothing else. */
export class MatchClosed {
  @IsBase64UrlOf(16) matchId: string;
}

/** Either way, control: everything up to and including `upTo` has been applied and will survive; with `resendFrom`, what lies after it did not arrive. */
export class Confirm {
  @IsInt() @Min(1) incarnation: number;
  @IsInt() @Min(0) upTo: number;
  @IsOptional() @IsInt() @Min(1) resendFrom?: number;
}

/**
 * Either way, control: where the sender of this message stands in the conversation. Each side compares what the other knows of it with
 * what it knows itself; whoever finds that one of them lost its memory starts a new incarnation and says everything again.
 */
export class Hello {
  /** The incarnation of the last message of the other side that was applied, and its number; 0 before the first. */
  @IsInt() @Min(0) inIncarnation: number;
  @IsInt() @Min(0) inApplied: number;
}

/**
 * Region → relay: in this incarnation all tags of the region have been put up to here. Those that were put in earlier incarnations, and
 * not again, are gone.
 */
export class TagsComplete {
  @IsInt() @Min(0) tags: number;
}

/** Region → relay, control: how the node is doing. Counts only. */
export class Heartbeat {
  @IsString() @MaxLength(40) softwareVersion: string;
  /** Messages that the relay has not confirmed. */
  @IsInt() @Min(0) queued: number;
  /** Age in seconds of the oldest of those. */
  @IsInt() @Min(0) oldestQueuedSeconds: number;
  /** Persons who wait for the key holders. */
  @IsInt() @Min(0) awaitingSecret: number;
  @IsInt() @Min(0) liveHandles: number;
  @IsInt() @Min(0) matches: number;
  /** Notices of this region that waited too long for a card of the other side. */
  @IsInt() @Min(0) unansweredNotices: number;
  /** Cards for a live handle that did not open. */
  @IsInt() @Min(0) unopenableCards: number;
  @IsISO8601() clock: string;
}

/** Every message type, its class, and whether it is sequenced. */
export const MESSAGES = {
  'tag.put': { body: TagPut, sequenced: true, from: 'region' },
  'tag.delete': { body: TagDelete, sequenced: true, from: 'region' },
  'tags.complete': { body: TagsComplete, sequenced: true, from: 'region' },
  'card.send': { body: CardSend, sequenced: true, from: 'region' },
  'receipt.send': { body: ReceiptSend, sequenced: true, from: 'region' },
  heartbeat: { body: Heartbeat, sequenced: false, from: 'region' },
  'match.found': { body: MatchFound, sequenced: true, from: 'relay' },
  'match.closed': { body: MatchClosed, sequenced: true, from: 'relay' },
  'card.deliver': { body: CardDeliver, sequenced: true, from: 'relay' },
  'receipt.deliver': { body: ReceiptDeliver, sequenced: true, from: 'relay' },
  hello: { body: Hello, sequenced: false, from: 'both' },
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
  @IsInt() @Min(1) incarnation: number;
  /** The place in the sender's gapless order to this receiver, from 1; 0 for control messages. */
  @IsInt() @Min(0) @Max(Number.MAX_SAFE_INTEGER) seq: number;
  @IsISO8601() sentAt: string;
  @IsObject() body: object;
}
