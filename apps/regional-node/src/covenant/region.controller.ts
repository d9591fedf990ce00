import { Controller, Get, Header } from '@nestjs/common';
import {
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiProperty,
  ApiPropertyOptional,
  ApiTags,
} from '@nestjs/swagger';
import { Public } from '#libs/login';
import { Problem } from '#libs/problems';
import { Covenants } from './covenants.js';

class RegionShown {
  @ApiProperty({ description: 'Name of the index.' }) name: string;
  @ApiPropertyOptional({ example: '#0b5c6b' }) colour?: string;
  @ApiProperty({ description: 'Whether there is a logo.' }) logo: boolean;
}

/** How the index presents itself, also to whoever has yet to log in. */
@ApiTags('region')
@Public()
@Controller('region')
export class RegionController {
  constructor(private readonly covenants: Covenants) {}

  @Get()
  @ApiOperation({ summary: 'Read the name and colour of this index' })
  @ApiOkResponse({ type: RegionShown })
  async region(): Promise<RegionShown> {
    const { name, appearance } = (await this.covenants.current()).document;
    return { name, colour: appearance?.colour, logo: appearance?.logo !== undefined };
  }

  @Get('logo')
  @Header('Content-Type', 'image/svg+xml')
  @ApiOperation({ summary: 'Read the logo of this index, as SVG' })
  @ApiProduces('image/svg+xml')
  @ApiOkResponse({ type: String })
  async logo(): Promise<string> {
    const { appearance } = (await this.covenants.current()).document;
    if (appearance?.logo === undefined) throw new Problem('not-found');
    return appearance.logo;
  }
}
