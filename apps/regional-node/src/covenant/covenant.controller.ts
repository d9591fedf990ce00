import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Roles } from '../access/index.js';
import { ROLES } from '../directory/index.js';
import type { CovenantDocument } from './covenant-document.js';
import { Covenants } from './covenants.js';

class CovenantInForce {
  @ApiProperty() version: number;
  @ApiProperty({ format: 'date', description: 'In force from midnight of this day in Amsterdam.' })
  effectiveFrom: string;
  @ApiProperty({
    type: Object,
    description: 'Name, municipalities, retention, signatories, leading rule, terms, wording of mails.',
  })
  document: CovenantDocument;
}

@ApiTags('covenant')
@Controller('covenant')
export class CovenantController {
  constructor(private readonly covenants: Covenants) {}

  @Get()
  @Roles(...ROLES)
  @ApiOperation({ summary: 'Read the covenant in force' })
  @ApiOkResponse({ type: CovenantInForce })
  current(): Promise<CovenantInForce> {
    return this.covenants.current();
  }
}
