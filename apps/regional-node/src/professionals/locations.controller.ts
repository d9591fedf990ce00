import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentProfessional, Roles } from '../access/index.js';
import { Professional } from '../directory/index.js';
import { OwnLocations, SetLocationsRequest } from './dto/location.dto.js';
import { LocationsService } from './locations.service.js';

@ApiTags('professionals')
@Roles('coordinator')
@Controller('locations')
export class LocationsController {
  constructor(private readonly locations: LocationsService) {}

  @Get()
  @ApiOperation({ summary: "List your organisation's locations" })
  @ApiOkResponse({ type: OwnLocations })
  async list(@CurrentProfessional() coordinator: Professional): Promise<OwnLocations> {
    return { locations: await this.locations.list(coordinator) };
  }

  @Put()
  @ApiOperation({
    summary: 'Say which locations your organisation has; who works at one that is gone works at none',
  })
  @ApiOkResponse({ type: OwnLocations })
  async set(
    @CurrentProfessional() coordinator: Professional,
    @Body() { locations, accepted }: SetLocationsRequest,
  ): Promise<OwnLocations> {
    return { locations: await this.locations.set(coordinator, locations, accepted) };
  }
}
