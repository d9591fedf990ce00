import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { DataSource, In } from 'typeorm';
import { CurrentProfessional, Roles } from '../access/index.js';
import { Organisation, Professional } from '../directory/index.js';
import { FilingLimits } from './filing-limits.js';
import { LookUpReview } from './look-up-review.js';

/** Somebody who is to be asked about what they look up, with the numbers of the last thirty days. */
class PersonToReview {
  @ApiProperty({ format: 'uuid' }) professionalId: string;
  @ApiProperty() name: string;
  @ApiProperty({ type: [String], description: 'Names of every organisation of the person.' })
  organisations: string[];
  @ApiProperty({ description: 'Look-ups of which no shared signal came.' }) inVain: number;
  @ApiProperty({ description: 'How often a limit was reached.' }) refused: number;
  @ApiProperty({ description: 'Signals filed.' }) filed: number;
  @ApiProperty({ description: 'Of these, ended by the person, undone ones included.' }) ended: number;
  @ApiProperty({ description: 'Of these, ended before they were shared.' }) undone: number;
  @ApiProperty({ description: 'Whether more than a quarter of more than twenty signals ended.' })
  endsTooOften: boolean;
  @ApiPropertyOptional({
    format: 'date-time',
    description: 'Until when a coordinator or operator let them file more; it may be over.',
  })
  raisedUntil?: string;
  @ApiProperty({ description: 'Whether you are the one who may let them file more.' })
  mayRaise: boolean;
}

/** For review: who consults the person register without filing, or files and ends. Whom they looked up is not told. */
@ApiTags('look-ups')
@Controller('look-ups')
export class LookUpReviewController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly review: LookUpReview,
    private readonly limits: FilingLimits,
  ) {}

  @Get()
  @Roles('operator')
  @ApiOperation({
    summary: 'List who looked up, undid or ended more than work with youths explains, in thirty days',
  })
  @ApiOkResponse({ type: [PersonToReview] })
  async list(@CurrentProfessional() operator: Professional): Promise<PersonToReview[]> {
    const { manager } = this.dataSource;
    const reviewed = await this.review.list();
    const people = await manager.find(Professional, {
      where: { subject: In(reviewed.map(({ subject }) => subject)) },
      order: { organisationId: 'asc' },
    });
    const organisations = await manager.findBy(Organisation, {
      id: In(people.map(({ organisationId }) => organisationId)),
    });
    const shown: PersonToReview[] = [];
    for (const { subject, raisedUntil, ...numbers } of reviewed) {
      const designations = people.filter((each) => each.subject === subject);
      let raisable: Professional | undefined;
      for (const each of designations)
        if (await this.limits.mayRaise(manager, operator, each)) raisable = each;
      const { id, name } = raisable ?? designations[0]!;
      shown.push({
        ...{ professionalId: id, name, ...numbers, mayRaise: raisable !== undefined },
        organisations: designations.map(
          ({ organisationId }) => organisations.find(({ id: each }) => each === organisationId)!.name,
        ),
        ...(raisedUntil ? { raisedUntil: raisedUntil.toISOString() } : {}),
      });
    }
    return shown;
  }
}
