import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { DataSource, IsNull, Not } from 'typeorm';
import { Roles } from '../access/index.js';
import { Mail, type MailState } from './mail.entity.js';

class UndeliveredMail {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty() toAddress: string;
  @ApiProperty() subject: string;
  @ApiProperty({ enum: ['queued', 'failed'], description: 'queued: is tried again; failed: given up.' })
  state: MailState;
  @ApiProperty({ format: 'date-time' }) createdAt: string;
  @ApiProperty() attempts: number;
  @ApiPropertyOptional({ description: 'Kind of the last error, without its text.' }) lastErrorKind?: string;
}

class UndeliveredMails {
  @ApiProperty({ type: [UndeliveredMail] }) mails: UndeliveredMail[];
}

@ApiTags('mails')
@Controller('mails')
export class MailsController {
  constructor(private readonly dataSource: DataSource) {}

  @Get('undelivered')
  @Roles('operator')
  @ApiOperation({
    summary: 'List the mails that could not be delivered so far, at most 200, the oldest first',
  })
  @ApiOkResponse({ type: UndeliveredMails })
  async undelivered(): Promise<UndeliveredMails> {
    const mails = await this.dataSource.manager.find(Mail, {
      where: [{ state: 'queued', lastErrorKind: Not(IsNull()) }, { state: 'failed' }],
      order: { createdAt: 'asc', id: 'asc' },
      take: 200,
    });
    return {
      mails: mails.map(({ id, toAddress, subject, state, createdAt, attempts, lastErrorKind }) => ({
        id,
        toAddress,
        subject,
        state,
        createdAt: createdAt.toISOString(),
        attempts,
        lastErrorKind: lastErrorKind ?? undefined,
      })),
    };
  }
}
