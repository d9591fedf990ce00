import { ApiProperty } from '@nestjs/swagger';
import type { NationalCount } from '#libs/observability';
import { National } from '../../status/index.js';

const Count = (description: string) => ApiProperty({ type: 'integer', description });

/** One hour of a region. */
export class RegionHour {
  @ApiProperty({ description: 'Beginning of the hour.' }) hour: Date;
  @Count('Looks, one a minute, that found it healthy.') healthy: number;
  @Count('Looks that found it lagging.') lagging: number;
  @Count('Looks that found it silent.') silent: number;
  @Count('Longest delay in seconds.') worstDelaySeconds: number;
  @Count('Most messages that waited, on both sides together.') worstQueue: number;
}

/** One hour of the federation, traceable to nobody. */
export class NationalHour {
  @ApiProperty({ description: 'Beginning of the hour.' }) hour: Date;
  @Count('Share of looks, over all regions, that found a region reachable; rounded down.')
  reachablePercent: number;
  @National('Tags present at the end of the hour.') tags: NationalCount;
  @National('Matches between regions at the end of the hour.') matches: NationalCount;
}

export class RegionHistory {
  @ApiProperty({ type: [RegionHour] }) hours: RegionHour[];
}
export class NationalHistory {
  @ApiProperty({ type: [NationalHour] }) hours: NationalHour[];
}
