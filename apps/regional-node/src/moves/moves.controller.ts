import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import {
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProperty,
  ApiPropertyOptional,
  ApiTags,
} from '@nestjs/swagger';
import { Clock } from '#libs/clock';
import { Problem } from '#libs/problems';
import { isUUID } from 'class-validator';
import { DataSource, In, IsNull, type EntityManager } from 'typeorm';
import { Audit } from '../audit/index.js';
import { CurrentProfessional, Roles } from '../access/index.js';
import {
  contactOf,
  municipalitiesOf,
  Organisation,
  Professional,
  ProfessionalContact,
} from '../directory/index.js';
import { Registers } from '../federation/index.js';
import { ReceivedLetters, type WaitingLetter } from '../letters/index.js';
import { Municipalities } from '../municipalities/index.js';
import { SHARED, Signal } from '../youths/index.js';
import { Move } from './move.entity.js';
import { mayPlace } from './moves.access.js';

/** A professional with a signal on a youth who moved: how to reach them. */
class MovedSignal extends ProfessionalContact {
  @ApiPropertyOptional({ example: 'MN-2026-000123', description: 'Absent for a signal in another region.' })
  number?: string;
}

class MoveShown {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ enum: ['move', 'case-forward'], description: 'A move, or a case that was forwarded.' })
  kind: 'move' | 'case-forward';
  @ApiProperty({ format: 'date-time' }) at: string;
  @ApiPropertyOptional({ description: 'The region that told it; absent for the own one.' }) region?: string;
  @ApiPropertyOptional({ type: ProfessionalContact, description: 'The process manager who forwarded it.' })
  forwardedBy?: ProfessionalContact;
  @ApiProperty({ type: [MovedSignal] }) signals: MovedSignal[];
  @ApiProperty({ description: 'How many signals there are beyond these.' }) more: number;
}

class MovesShown {
  @ApiProperty({ type: [MoveShown] }) moves: MoveShown[];
}

/**
 * Youths who moved to the process manager's municipality, and cases that were forwarded to it, from here and from other regions: nothing of
 * them but who is involved.
 */
@ApiTags('moves')
@Roles('process-manager')
@Controller('moves')
export class MovesController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly letters: ReceivedLetters,
    private readonly registers: Registers,
    private readonly municipalities: Municipalities,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({
    summary:
      'List the moves to your municipality, and what was forwarded to it, that were not placed yet, the oldest first',
  })
  @ApiOkResponse({ type: MovesShown })
  async list(@CurrentProfessional() processManager: Professional): Promise<MovesShown> {
    const { manager } = this.dataSource;
    const codes = await this.codesOf(manager, processManager);
    if (codes.length === 0) return { moves: [] };
    const moves = await manager.find(Move, {
      where: { municipality: In(codes), placedAt: IsNull() },
      order: { at: 'asc', id: 'asc' },
    });
    const signals = await manager.find(Signal, {
      where: { youthId: In(moves.map(({ youthId }) => youthId)), ...SHARED },
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
    const own = moves.flatMap(({ id, at, youthId }): MoveShown[] => {
      const about = signals.filter((signal) => signal.youthId === youthId).map(shown);
      if (about.length === 0) return [];
      return [{ id, kind: 'move', at: at.toISOString(), signals: about, more: 0 }];
    });
    const told = (await this.letters.waitingIn(manager, codes)).map((letter) => this.told(letter));
    return { moves: [...own, ...told].sort((a, b) => a.at.localeCompare(b.at)) };
  }

  @Post(':id/_placed')
  @HttpCode(204)
  @ApiOperation({
    summary:
      'Say that somebody in your municipality knows of the youth who moved there, or whose case was forwarded',
  })
  @ApiNoContentResponse()
  async placed(@CurrentProfessional() processManager: Professional, @Param('id') id: string): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const codes = await this.codesOf(manager, processManager);
      const move = isUUID(id) ? await manager.findOneBy(Move, { id, placedAt: IsNull() }) : null;
      if (move && mayPlace(codes, move.municipality))
        await manager.update(Move, { id }, { placedAt: this.clock.now() });
      else if (!(await this.placedLetter(manager, codes, id))) throw new Problem('not-found');
      await this.audit.record(manager, processManager.id, 'move-placed', {});
    });
  }

  private async placedLetter(manager: EntityManager, codes: readonly string[], id: string): Promise<boolean> {
    return isUUID(id) && (await this.letters.place(manager, id, codes));
  }

  private async codesOf(manager: EntityManager, processManager: Professional): Promise<string[]> {
    return this.municipalities.codesOf(await municipalitiesOf(manager, processManager));
  }

  private told({
    id,
    kind,
    receivedAt,
    fromRegion,
    forwardedBy,
    professionals,
    more,
  }: WaitingLetter): MoveShown {
    return {
      ...{ id, kind, at: receivedAt.toISOString(), region: this.registers.nameOf(fromRegion) },
      ...(forwardedBy ? { forwardedBy } : {}),
      ...{ signals: professionals, more },
    };
  }
}
