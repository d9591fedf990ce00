import { Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { CurrentProfessional, Roles } from '../access/index.js';
import type { Professional } from '../directory/index.js';
import { FilingLimits } from './filing-limits.js';

class RaisedLimit {
  @ApiProperty({ format: 'date-time', description: 'Until when more may be filed.' }) until: string;
}

@ApiTags('look-ups')
@Controller('professionals')
export class FilingLimitsController {
  constructor(private readonly limits: FilingLimits) {}

  @Post(':id/_raise-filing-limit')
  @HttpCode(200)
  @Roles('coordinator', 'operator')
  @ApiOperation({
    summary: 'Let one of your people file three times as much for a week; it is in the logbook',
    description:
      'By the coordinator of the organisation; for who works alone, or has no other coordinator, by an operator. Never for yourself.',
  })
  @ApiOkResponse({ type: RaisedLimit })
  async raise(@CurrentProfessional() actor: Professional, @Param('id') id: string): Promise<RaisedLimit> {
    return { until: (await this.limits.raise(actor, id)).toISOString() };
  }
}
