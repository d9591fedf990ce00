import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { addDays, dayInAmsterdam } from '#libs/calendar';
import { Clock } from '#libs/clock';
import { DataSource, In } from 'typeorm';
import { Roles } from '../access/index.js';
import { Professional } from '../directory/index.js';
import { LookUps } from './look-ups.js';
import { lookUpsInVain } from './rules/look-up-limit.rule.js';

const DAYS = 30;

/** What one professional looked up on one day without a signal coming of it. */
class LookUpsInVain {
  @ApiProperty({ format: 'uuid' }) professionalId: string;
  @ApiProperty() name: string;
  @ApiProperty() organisationId: string;
  @ApiProperty({ format: 'date' }) day: string;
  @ApiProperty({ description: 'Previews that no signal followed, and filings that led to none.' })
  inVain: number;
  @ApiProperty({ description: 'Signals filed that day.' }) signals: number;
}

/** For review: who consults the person register without filing. Whom they looked up is not kept. */
@ApiTags('look-ups')
@Controller('look-ups')
export class LookUpsController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly lookUps: LookUps,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Roles('operator')
  @ApiOperation({
    summary: 'List the look-ups of the last thirty days that led to no signal, the most first',
  })
  @ApiOkResponse({ type: [LookUpsInVain] })
  async list(): Promise<LookUpsInVain[]> {
    const found = await this.lookUps.inVain(addDays(dayInAmsterdam(this.clock.now()), -DAYS));
    const people = await this.dataSource.manager.findBy(Professional, {
      id: In(found.map(({ professionalId }) => professionalId)),
    });
    return found.flatMap((lookUps) => {
      const { professionalId, day, signals } = lookUps;
      const person = people.find(({ id }) => id === professionalId);
      if (!person) return [];
      const { name, organisationId } = person;
      return [{ professionalId, name, organisationId, day, inVain: lookUpsInVain(lookUps), signals }];
    });
  }
}
