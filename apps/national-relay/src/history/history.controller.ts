import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { Problem } from '#libs/problems';
import { Register } from '../register/index.js';
import { NationalHistory, RegionHistory } from './dto/views.js';
import { History } from './history.js';

/** The past week, for the national coordinator. */
@Controller()
export class HistoryController {
  constructor(
    private readonly history: History,
    private readonly register: Register,
  ) {}

  @Get('regions/:id/history')
  @ApiOkResponse({ type: RegionHistory })
  async ofRegion(@Param('id') id: string): Promise<RegionHistory> {
    if (!this.register.current().regions.some((region) => region.id === id)) throw new Problem('not-found');
    return { hours: await this.history.ofRegion(id) };
  }

  @Get('figures/history')
  @ApiOkResponse({ type: NationalHistory })
  async ofFederation(): Promise<NationalHistory> {
    return { hours: await this.history.ofFederation() };
  }
}
