import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { CurrentSubject } from '#libs/login';
import { nationalCount } from '#libs/observability';
import { Problem } from '#libs/problems';
import { AlarmViews, Figures, KeyHolders, Me, RegionView, Regions, type RegionState } from './dto/views.js';
import { Status } from './status.js';

/** What the national coordinator sees. Who may see it, the coordinator guard decides for every route. */
@Controller()
export class StatusController {
  constructor(private readonly status: Status) {}

  @Get('me')
  @ApiOkResponse({ type: Me })
  me(@CurrentSubject() subject: string): Me {
    return { subject, roles: ['national-coordinator'] };
  }

  @Get('regions')
  @ApiOkResponse({ type: Regions })
  async regions(): Promise<Regions> {
    return { regions: (await this.status.regions()).map(viewOf) };
  }

  @Get('regions/:id')
  @ApiOkResponse({ type: RegionView })
  async region(@Param('id') id: string): Promise<RegionView> {
    const region = (await this.status.regions()).find((candidate) => candidate.id === id);
    if (!region) throw new Problem('not-found');
    return viewOf(region);
  }

  @Get('key-holders')
  @ApiOkResponse({ type: KeyHolders })
  async keyHolders(): Promise<KeyHolders> {
    return { keyHolders: await this.status.keyHolders() };
  }

  @Get('alarms')
  @ApiOkResponse({ type: AlarmViews })
  async alarms(): Promise<AlarmViews> {
    return { alarms: await this.status.alarms() };
  }

  @Get('figures')
  @ApiOkResponse({ type: Figures })
  figures(): Promise<Figures> {
    return this.status.figures();
  }
}

const viewOf = (region: RegionState): RegionView => ({
  ...region,
  tags: nationalCount(region.tags),
  matches: nationalCount(region.matches),
  awaitingSecret: nationalCount(region.awaitingSecret),
  lostPersons: nationalCount(region.lostPersons),
  evaluatedToday: region.evaluatedToday === null ? null : nationalCount(region.evaluatedToday),
});
