import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { CurrentProfessional, Roles } from '../access/index.js';
import { Professional } from '../directory/index.js';
import {
  EarlierProfessionalShown,
  EndSignalRequest,
  FiledSignal,
  FileSignalRequest,
  LinkSignalRequest,
  ListSignalsQuery,
  OwnSignal,
  OwnSignals,
  PreviewRequest,
  RenewSignalRequest,
  SignalPreview,
} from './dto/signal.dto.js';
import { SignalsService } from './signals.service.js';

/** A professional's own signals. */
@ApiTags('signals')
@Roles('professional')
@Controller('signals')
export class SignalsController {
  constructor(private readonly signals: SignalsService) {}

  @Post('_preview')
  @HttpCode(200)
  @ApiOperation({ summary: 'Show whom a signal would be about and what others would see of you' })
  @ApiOkResponse({ type: SignalPreview })
  preview(
    @CurrentProfessional() professional: Professional,
    @Body() request: PreviewRequest,
  ): Promise<SignalPreview> {
    return this.signals.preview(professional, request);
  }

  @Post()
  @ApiOperation({ summary: 'File a signal' })
  @ApiCreatedResponse({ type: FiledSignal })
  file(
    @CurrentProfessional() professional: Professional,
    @Body() request: FileSignalRequest,
  ): Promise<FiledSignal> {
    return this.signals.file(professional, request);
  }

  @Get()
  @ApiOperation({ summary: 'List your own signals' })
  @ApiOkResponse({ type: OwnSignals })
  async list(
    @CurrentProfessional() professional: Professional,
    @Query() { expand }: ListSignalsQuery,
  ): Promise<OwnSignals> {
    return { signals: await this.signals.list(professional, expand === 'youth') };
  }

  @Get(':id')
  @ApiOperation({ summary: 'Read one of your own signals' })
  @ApiOkResponse({ type: OwnSignal })
  get(
    @CurrentProfessional() professional: Professional,
    @Param('id') id: string,
    @Query() { expand }: ListSignalsQuery,
  ): Promise<OwnSignal> {
    return this.signals.get(professional, id, expand === 'youth');
  }

  @Get(':id/earlier')
  @ApiOperation({
    summary:
      'Read who had a signal on this youth before yours, for fourteen days; it is in the logbook that you did',
  })
  @ApiOkResponse({ type: [EarlierProfessionalShown] })
  earlier(
    @CurrentProfessional() professional: Professional,
    @Param('id') id: string,
  ): Promise<EarlierProfessionalShown[]> {
    return this.signals.earlier(professional, id);
  }

  @Post(':id/_informed')
  @HttpCode(204)
  @ApiOperation({ summary: 'Tick off the reminder to inform those whom the law names' })
  @ApiNoContentResponse()
  async informed(@CurrentProfessional() professional: Professional, @Param('id') id: string): Promise<void> {
    await this.signals.remindNoMore(professional, id);
  }

  @Post(':id/_link')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Link one of your own signals on a youth without BSN, when the BSN has become known',
  })
  @ApiOkResponse({ type: FiledSignal })
  link(
    @CurrentProfessional() professional: Professional,
    @Param('id') id: string,
    @Body() request: LinkSignalRequest,
  ): Promise<FiledSignal> {
    return this.signals.link(professional, id, request);
  }

  @Post(':id/_renew')
  @ApiOperation({ summary: 'File one of your own signals anew, in its last sixty days' })
  @ApiCreatedResponse({ type: FiledSignal })
  renew(
    @CurrentProfessional() professional: Professional,
    @Param('id') id: string,
    @Body() request: RenewSignalRequest,
  ): Promise<FiledSignal> {
    return this.signals.renew(professional, id, request);
  }

  @Post(':id/_share')
  @HttpCode(204)
  @ApiOperation({ summary: 'Share one of your own signals now, instead of when the time to undo it is over' })
  @ApiNoContentResponse()
  async share(@CurrentProfessional() professional: Professional, @Param('id') id: string): Promise<void> {
    await this.signals.share(professional, id);
  }

  @Post(':id/_end')
  @HttpCode(204)
  @ApiOperation({ summary: 'End one of your own signals' })
  @ApiNoContentResponse()
  async end(
    @CurrentProfessional() professional: Professional,
    @Param('id') id: string,
    @Body() { reason }: EndSignalRequest,
  ): Promise<void> {
    await this.signals.end(professional, id, reason);
  }
}
