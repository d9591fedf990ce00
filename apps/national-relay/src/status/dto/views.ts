import { ApiProperty } from '@nestjs/swagger';
import type { Health } from '../rules/region-health.rule.js';
import type { NationalCount } from '#libs/observability';

const Moment = () => ApiProperty({ type: String, format: 'date-time', nullable: true });
const Count = (description: string) => ApiProperty({ type: 'integer', description });
/** A count that is traceable to nobody. */
export const National = (description: string) =>
  ApiProperty({
    description,
    oneOf: [
      { type: 'integer', minimum: 10 },
      { type: 'string', enum: ['<10'] },
    ],
  });

/** How many messages were not accepted for one reason. */
export class RejectedView {
  @ApiProperty({ example: 'wrong-signature' }) reason: string;
  @Count('Messages.') count: number;
}

/** The synthetic match of a region with another one. */
export class ProbeView {
  @ApiProperty() region: string;
  @ApiProperty({ type: String, format: 'date-time', required: false }) lastMatchAt?: string;
  @ApiProperty({ description: 'Whether it should have come again by now.' }) overdue: boolean;
}

/** A region, as the national coordinator sees it. */
export class RegionView {
  @ApiProperty() id: string;
  @ApiProperty() name: string;
  @ApiProperty({ enum: ['admitted', 'suspended', 'removed'], description: 'What the register says.' })
  state: 'admitted' | 'suspended' | 'removed';
  @ApiProperty({ type: [String], description: 'Municipality codes.' }) municipalities: string[];
  @ApiProperty({ enum: ['healthy', 'lagging', 'silent'] }) health: Health;
  @Moment() lastSeenAt: Date | null;
  @Count('Seconds since the oldest message that either side waits to see confirmed.') delaySeconds: number;
  @Count('Messages that the relay has not confirmed to the region, by its own last word.')
  queuedByRegion: number;
  @Count('Messages that the region has not confirmed to the relay.') queuedForRegion: number;
  @ApiProperty({ type: String, nullable: true }) softwareVersion: string | null;
  @National('Tags present at the relay.') tags: NationalCount;
  @National('Matches with other regions.') matches: NationalCount;
  @National('Persons who wait for the key holders.') awaitingSecret: NationalCount;
  @Count('Notices that waited too long for a card of the other side.') unansweredNotices: number;
  @Count('Cards for a live handle that did not open.') unopenableCards: number;
  @National(
    'Persons on whom signals were accepted that a restored backup did not know: they must be filed again.',
  )
  lostPersons: NationalCount;
  @ApiProperty({
    type: [ProbeView],
    description: 'Synthetic matches with each other region, by its own word.',
  })
  probes: ProbeView[];
  @Count("Seconds by which its clock is ahead of the relay's.") clockSkewSeconds: number;
  @ApiProperty({
    type: [RejectedView],
    description: 'What came in its name and was not accepted, in this hour and the one before.',
  })
  rejected: RejectedView[];
  @Count('Evaluations that each key holder grants it per day.') dailyQuota: number;
  @ApiProperty({
    oneOf: [
      { type: 'integer', minimum: 10 },
      { type: 'string', enum: ['<10'] },
    ],
    nullable: true,
    description: 'Most that a key holder evaluated for it today (UTC); null when none has told.',
  })
  evaluatedToday: NationalCount | null;
}

/** The same with exact counts, which do not leave the program. */
export type RegionState = Omit<
  RegionView,
  'tags' | 'matches' | 'awaitingSecret' | 'lostPersons' | 'evaluatedToday'
> & {
  tags: number;
  matches: number;
  awaitingSecret: number;
  lostPersons: number;
  evaluatedToday: number | null;
};

/** What a key holder evaluated for one region today. */
export class UsageView {
  @ApiProperty() region: string;
  @National('Elements evaluated.') elements: NationalCount;
  @Count('Elements that it grants the region per day.') dailyQuota: number;
}

/** A key holder, as the national coordinator sees it. */
export class KeyHolderView {
  @ApiProperty() id: string;
  @ApiProperty() name: string;
  @ApiProperty({ enum: ['healthy', 'silent'] }) health: 'healthy' | 'silent';
  @Moment() upSince: Date | null;
  @Moment() lastSeenAt: Date | null;
  @ApiProperty({ type: 'integer', nullable: true, description: 'Epoch of the manifest that it shows.' })
  epoch: number | null;
  @ApiProperty({
    type: [UsageView],
    nullable: true,
    description:
      'What it evaluated today (in Amsterdam) for each region that takes part; null when it has not told.',
  })
  usage: UsageView[] | null;
}

/** Something that somebody should look into. */
export class AlarmView {
  @ApiProperty({ example: 'region-silent' }) kind: string;
  @ApiProperty({ description: 'Region, key holder, `hub` or `relay`.' }) party: string;
  @Moment() since: Date | null;
  @ApiProperty({
    description: 'Events, messages or seconds, after the kind; persons in tens.',
    oneOf: [{ type: 'integer' }, { type: 'string', enum: ['<10'] }],
  })
  count: NationalCount;
}

export class Regions {
  @ApiProperty({ type: [RegionView] }) regions: RegionView[];
}
export class KeyHolders {
  @ApiProperty({ type: [KeyHolderView] }) keyHolders: KeyHolderView[];
}
export class AlarmViews {
  @ApiProperty({ type: [AlarmView] }) alarms: AlarmView[];
}

/** National totals, traceable to nobody. */
export class Figures {
  @ApiProperty() asOf: Date;
  @ApiProperty({ description: 'Version of the relay.' }) softwareVersion: string;
  @Count('Version of the region register.') registerVersion: number;
  @Count('The key epoch in force.') epoch: number;
  @Count('Regions that take part.') regions: number;
  @Count('Key holders in the register.') keyHolders: number;
  @Count('Key holders that answer.') keyHoldersUp: number;
  @Count('Key holders that an evaluation takes.') threshold: number;
  @National('Tags present.') tags: NationalCount;
  @National('Matches between regions.') matches: NationalCount;
}

/** The person who makes the request. */
export class Me {
  @ApiProperty() subject: string;
  @ApiProperty({ enum: ['national-coordinator'], isArray: true }) roles: 'national-coordinator'[];
}
