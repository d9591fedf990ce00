import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Roles } from '../access/index.js';
import { UnknownLogins } from './unknown-logins.js';

/** Somebody who logged in at the provider and is not in the directory. */
export class UnknownLoginShown {
  @ApiProperty({ description: 'Identifier at the provider of the login.' }) subject: string;
  @ApiProperty({ format: 'date-time' }) firstSeenAt: string;
  @ApiProperty({ format: 'date-time' }) lastSeenAt: string;
  @ApiProperty({ description: 'How often.' }) count: number;
}

/** Logins that belong to nobody here, for operators. */
@ApiTags('appointments')
@Roles('operator')
@Controller('unknown-logins')
export class LoginsController {
  constructor(private readonly logins: UnknownLogins) {}

  @Get()
  @ApiOperation({ summary: 'List who logged in these 30 days and is not in the directory: identifiers only' })
  @ApiOkResponse({ type: [UnknownLoginShown] })
  async list(): Promise<UnknownLoginShown[]> {
    return (await this.logins.list()).map(({ subject, firstSeenAt, lastSeenAt, count }) => ({
      ...{ subject, count },
      ...{ firstSeenAt: firstSeenAt.toISOString(), lastSeenAt: lastSeenAt.toISOString() },
    }));
  }
}
