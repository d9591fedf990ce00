import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

const MOMENT = { type: String, format: 'date-time', nullable: true } as const;
const COUNT = { type: 'integer' } as const;

class ProbeShown {
  @ApiProperty() region: string;
  @ApiProperty() name: string;
  @ApiPropertyOptional({ format: 'date-time' }) lastMatchAt?: string;
  @ApiProperty() overdue: boolean;
}

class MemoryLossShown {
  @ApiProperty({ type: String, format: 'date-time' }) at: Date;
  @ApiProperty({ type: String, format: 'date-time' }) recoveredAt: Date;
  @ApiProperty(COUNT) erasedSignals: number;
  @ApiProperty(COUNT) lostPersons: number;
}

class CardRepairShown {
  @ApiProperty() peerRegion: string;
  @ApiProperty() name: string;
  @ApiProperty(COUNT) ended: number;
  @ApiProperty(COUNT) sentAgain: number;
  @ApiProperty({ type: String, format: 'date-time' }) lastAt: Date;
}

class LettersShown {
  @ApiProperty(COUNT) told: number;
  @ApiProperty(COUNT) beingErased: number;
  @ApiProperty(COUNT) erased: number;
  @ApiProperty(COUNT) waiting: number;
  @ApiProperty(COUNT) placed: number;
  @ApiProperty(COUNT) forgotten: number;
}

class SetAsideShown {
  @ApiProperty() kind: string;
  @ApiProperty() className: string;
  @ApiProperty() fields: string;
  @ApiProperty({ type: String, format: 'date-time' }) since: Date;
  @ApiProperty() softwareVersion: string;
}

/** The link to the federation. Counts, moments and regions only. */
export class FederationLink {
  @ApiProperty() hubConnected: boolean;
  @ApiProperty({ type: String, nullable: true, description: 'Why the newest register was refused.' })
  registerRefused: string | null;
  @ApiProperty({ ...COUNT, nullable: true }) registerVersion: number | null;
  @ApiProperty(COUNT) epoch: number;
  @ApiProperty() keyManifest: boolean;
  @ApiProperty(MOMENT) failingSince: Date | null;
  @ApiProperty(COUNT) lastConfirmedSeq: number;
  @ApiProperty(MOMENT) lastHeardAt: Date | null;
  @ApiProperty(MOMENT) nextTryAt: Date | null;
  @ApiProperty(COUNT) rejectedMessages: number;
  @ApiProperty(COUNT) queued: number;
  @ApiProperty(COUNT) oldestQueuedSeconds: number;
  @ApiProperty(COUNT) held: number;
  @ApiProperty(COUNT) awaitingSecret: number;
  @ApiProperty(COUNT) matches: number;
  @ApiProperty(COUNT) unansweredNotices: number;
  @ApiProperty(COUNT) unopenableCards: number;
  @ApiProperty() recovering: boolean;
  @ApiProperty(COUNT) lostPersons: number;
  @ApiProperty({ type: [ProbeShown] }) probes: ProbeShown[];
  @ApiProperty({ type: [MemoryLossShown] }) memoryLosses: MemoryLossShown[];
  @ApiProperty({ type: [CardRepairShown] }) cardRepairs: CardRepairShown[];
  @ApiProperty({ type: LettersShown }) letters: LettersShown;
  @ApiProperty({ type: [SetAsideShown] }) setAside: SetAsideShown[];
}
