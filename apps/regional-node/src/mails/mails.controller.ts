import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { DataSource, IsNull, Not } from 'typeorm';
import { Roles } from '../access/index.js';
import { Mail, type MailState, type SettledFailure } from './mail.entity.js';
import { MailServer } from './mail-server.js';

class UndeliveredMail {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty() toAddress: string;
  @ApiProperty() subject: string;
  @ApiProperty({ enum: ['queued', 'failed'], description: 'queued: is tried again; failed: given up.' })
  state: MailState;
  @ApiProperty({ format: 'date-time' }) createdAt: string;
  @ApiProperty() attempts: number;
  @ApiPropertyOptional({
    example: 'RCPT TO 552 5.2.2',
    description: 'What the last attempt met, in codes and without a text.',
  })
  lastErrorKind?: string;
  @ApiPropertyOptional({
    enum: ['address-wrong', 'refused-for-now', 'server-fault'],
    description:
      'address-wrong: given up, and the address is doubted; refused-for-now: passes, as a full mailbox does; server-fault: a fault of the mail server or of its settings.',
  })
  failure?: SettledFailure;
}

class MailServerFaultShown {
  @ApiProperty({
    example: 'RCPT TO 554 5.7.1',
    description: 'What was met last, in codes and without a text.',
  })
  code: string;
  @ApiProperty({ format: 'date-time' }) lastAt: string;
  @ApiProperty({ description: 'How many mails wait for it.' }) waiting: number;
}

class UndeliveredMails {
  @ApiPropertyOptional({ description: 'Left out while the mail server takes all mails.' })
  serverFault?: MailServerFaultShown;
  @ApiProperty({ type: [UndeliveredMail] }) mails: UndeliveredMail[];
}

@ApiTags('mails')
@Controller('mails')
export class MailsController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly server: MailServer,
  ) {}

  @Get('undelivered')
  @Roles('operator')
  @ApiOperation({
    summary:
      'List the mails that could not be delivered so far, at most 200, the oldest first; say what is wrong with the mail server',
  })
  @ApiOkResponse({ type: UndeliveredMails })
  async undelivered(): Promise<UndeliveredMails> {
    const mails = await this.dataSource.manager.find(Mail, {
      where: [{ state: 'queued', lastErrorKind: Not(IsNull()) }, { state: 'failed' }],
      order: { createdAt: 'asc', id: 'asc' },
      take: 200,
    });
    const fault = await this.server.fault();
    return {
      ...(fault ? { serverFault: { ...fault, lastAt: fault.lastAt.toISOString() } } : {}),
      mails: mails.map(({ id, toAddress, subject, state, createdAt, attempts, lastErrorKind, failure }) => ({
        id,
        toAddress,
        subject,
        state,
        createdAt: createdAt.toISOString(),
        attempts,
        lastErrorKind: lastErrorKind ?? undefined,
        failure: failure ?? undefined,
      })),
    };
  }
}
