import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Roles } from '../access/index.js';
import { ROLES } from '../directory/index.js';
import type { CovenantDocument } from './covenant-document.js';
import { Covenants } from './covenants.js';

class CovenantInForce {
  @ApiProperty() version: number;
  @ApiProperty({ format: 'date-time' }) activatedAt: string;
  @ApiProperty({
    type: Object,
    description: 'Name, municipalities, retention, signatories and leading rule.',
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
  async current(): Promise<CovenantInForce> {
    const { version, activatedAt, document } = await this.covenants.current();
    return { version, activatedAt: activatedAt.toISOString(), document };
  }
}
