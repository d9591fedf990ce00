import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Problem } from '#libs/problems';
import { CurrentProfessional, Roles } from '../access/index.js';
import type { Professional } from '../directory/index.js';
import { ScheduledWorks } from './scheduled-works.js';

/** Work of the node, with how it went the last time and when it comes next. */
export class ScheduledWorkShown {
  @ApiProperty({ example: 'signal-removal' }) name: string;
  @ApiProperty({ description: 'What it does, in Dutch.' }) title: string;
  @ApiProperty({ format: 'date-time' }) nextRunAt: string;
  @ApiProperty({ format: 'date-time', nullable: true, type: String }) startedAt: string | null;
  @ApiProperty({
    format: 'date-time',
    nullable: true,
    type: String,
    description: 'Null while it goes on, and when it was broken off.',
  })
  finishedAt: string | null;
  @ApiProperty({ format: 'date-time', nullable: true, type: String }) succeededAt: string | null;
  @ApiProperty({ enum: ['done', 'failed'], nullable: true, type: String }) outcome: 'done' | 'failed' | null;
  @ApiProperty({ nullable: true, type: Number, description: 'How many items the last run did.' })
  items: number | null;
  @ApiProperty({ description: 'How often it has failed since it last succeeded.' }) failures: number;
}

@ApiTags('scheduled-work')
@Controller('scheduled-work')
@Roles('operator')
export class WorkController {
  constructor(private readonly works: ScheduledWorks) {}

  @Get()
  @ApiOperation({ summary: 'List the scheduled work: last run, outcome, next run' })
  @ApiOkResponse({ type: [ScheduledWorkShown] })
  async list(): Promise<ScheduledWorkShown[]> {
    const iso = (moment: Date | null) => moment?.toISOString() ?? null;
    return (await this.works.list()).map(({ errorKind: _, ...work }) => ({
      ...work,
      nextRunAt: work.nextRunAt.toISOString(),
      startedAt: iso(work.startedAt),
      finishedAt: iso(work.finishedAt),
      succeededAt: iso(work.succeededAt),
    }));
  }

  @Post(':name/_run')
  @HttpCode(202)
  @ApiOperation({ summary: 'Have work done now' })
  @ApiAcceptedResponse({ description: 'It is due; the list shows when it is done.' })
  async run(@Param('name') name: string, @CurrentProfessional() { id }: Professional): Promise<void> {
    if (!(await this.works.makeDue(name, id))) throw new Problem('not-found');
  }
}
