import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Clock } from '#libs/clock';
import { Problem } from '#libs/problems';
import { isUUID } from 'class-validator';
import { DataSource, In, IsNull } from 'typeorm';
import { Audit } from '../audit/index.js';
import { CurrentProfessional, Roles } from '../access/index.js';
import { contactOf, Organisation, Professional, ProfessionalContact } from '../directory/index.js';
import { Signal } from '../youths/index.js';
import { Move } from './move.entity.js';
import { mayPlace } from './moves.access.js';

/** A professional with a signal on a youth who moved: how to reach them. */
class MovedSignal extends ProfessionalContact {
  @ApiProperty({ example: 'MN-2026-000123' }) number: string;
}

class MoveShown {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ format: 'date-time' }) at: string;
  @ApiProperty({ type: [MovedSignal] }) signals: MovedSignal[];
}

class MovesShown {
  @ApiProperty({ type: [MoveShown] }) moves: MoveShown[];
}

/** Youths who moved to the process manager's municipality; nothing of them but who is involved. */
@ApiTags('moves')
@Roles('process-manager')
@Controller('moves')
export class MovesController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List the moves to your municipality that were not placed yet, the oldest first' })
  @ApiOkResponse({ type: MovesShown })
  async list(@CurrentProfessional() { municipality }: Professional): Promise<MovesShown> {
    if (municipality === null) return { moves: [] };
    const { manager } = this.dataSource;
    const moves = await manager.find(Move, {
      where: { municipality, placedAt: IsNull() },
      order: { at: 'asc', id: 'asc' },
    });
    const signals = await manager.find(Signal, {
      where: { youthId: In(moves.map(({ youthId }) => youthId)) },
      order: { filedAt: 'asc', id: 'asc' },
    });
    const filers = await manager.findBy(Professional, {
      id: In(signals.map(({ professionalId }) => professionalId)),
    });
    const organisations = await manager.findBy(Organisation, {
      id: In(filers.map(({ organisationId }) => organisationId)),
    });
    const shown = ({ number, professionalId }: Signal): MovedSignal => {
      const filer = filers.find(({ id }) => id === professionalId)!;
      return {
        number,
        ...contactOf(
          filer,
          organisations.find(({ id }) => id === filer.organisationId)!,
        ),
      };
    };
    return {
      moves: moves.map(({ id, at, youthId }) => ({
        id,
        at: at.toISOString(),
        signals: signals.filter((signal) => signal.youthId === youthId).map(shown),
      })),
    };
  }

  @Post(':id/_placed')
  @HttpCode(204)
  @ApiOperation({ summary: 'Say that somebody in your municipality knows of the youth who moved there' })
  @ApiNoContentResponse()
  async placed(@CurrentProfessional() processManager: Professional, @Param('id') id: string): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const move = isUUID(id) ? await manager.findOneBy(Move, { id, placedAt: IsNull() }) : null;
      if (!move || !mayPlace(processManager, move.municipality)) throw new Problem('not-found');
      await manager.update(Move, { id }, { placedAt: this.clock.now() });
      await this.audit.record(manager, processManager.id, 'move-placed', {});
    });
  }
}
