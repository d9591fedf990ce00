import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentProfessional, Roles } from '../access/index.js';
import { Professional, ROLES } from '../directory/index.js';
import { ContactChanges } from './contact-changes.service.js';
import { ContactsService } from './contacts.service.js';
import { ContactState, DoubtedContacts } from './dto/contact.dto.js';

/** Whether contact details are right. */
@ApiTags('professionals')
@Controller()
export class ContactsController {
  constructor(
    private readonly contacts: ContactsService,
    private readonly changes: ContactChanges,
  ) {}

  @Post('professionals/:id/_confirm-contact')
  @HttpCode(200)
  @Roles(...ROLES)
  @ApiOperation({ summary: 'Confirm that your contact details are right, or those of one of your people' })
  @ApiOkResponse({ type: ContactState })
  confirm(@CurrentProfessional() actor: Professional, @Param('id') id: string): Promise<ContactState> {
    return this.contacts.confirm(actor, id);
  }

  @Post('contact-changes/:id/_confirm')
  @HttpCode(204)
  @Roles(...ROLES)
  @ApiOperation({ summary: 'Confirm contact details of yours that somebody else entered: they count now' })
  @ApiNoContentResponse()
  confirmChange(@CurrentProfessional() owner: Professional, @Param('id') id: string): Promise<void> {
    return this.changes.confirm(owner, id);
  }

  @Post('contact-changes/:id/_reject')
  @HttpCode(204)
  @Roles(...ROLES)
  @ApiOperation({ summary: 'Reject contact details of yours that somebody else entered' })
  @ApiNoContentResponse()
  rejectChange(@CurrentProfessional() owner: Professional, @Param('id') id: string): Promise<void> {
    return this.changes.reject(owner, id);
  }

  @Get('contacts/doubted')
  @Roles('operator')
  @ApiOperation({
    summary: 'List people whose mail address was refused or who did not confirm in time, at most 200',
  })
  @ApiOkResponse({ type: DoubtedContacts })
  async doubted(): Promise<DoubtedContacts> {
    return { contacts: await this.contacts.doubted() };
  }
}
