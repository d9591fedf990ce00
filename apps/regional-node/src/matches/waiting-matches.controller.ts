import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { DataSource, In, IsNull } from 'typeorm';
import { CurrentProfessional, Roles } from '../access/index.js';
import { Professional } from '../directory/index.js';
import { Signal } from '../youths/index.js';
import { Scenes } from './scenes.js';

/** One of the organisation's people who has matches in which nobody made contact yet. */
class WaitingMatches {
  @ApiProperty({ format: 'uuid' }) professionalId: string;
  @ApiProperty() name: string;
  @ApiProperty({ description: 'How many signals of theirs have a match without contact.' }) matches: number;
  @ApiProperty({ format: 'date-time', description: 'Since when the oldest of them is known.' }) since: string;
}

/** For coordinators: whose matches wait, in numbers. With whom they match, only they and who stands in may see (Jeugdwet 7.1.4.3). */
@ApiTags('matches')
@Controller('waiting-matches')
export class WaitingMatchesController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly scenes: Scenes,
  ) {}

  @Get()
  @Roles('coordinator')
  @ApiOperation({ summary: "List your organisation's people whose matches wait, the longest first" })
  @ApiOkResponse({ type: [WaitingMatches] })
  async list(@CurrentProfessional() { organisationId }: Professional): Promise<WaitingMatches[]> {
    const { manager } = this.dataSource;
    const people = await manager.findBy(Professional, { organisationId, departedOn: IsNull() });
    const signals = await manager.findBy(Signal, { professionalId: In(people.map(({ id }) => id)) });
    const since = await this.toldSince(signals.map(({ entryId }) => entryId));
    const scene = await this.scenes.of(
      manager,
      signals.map(({ youthId }) => youthId),
    );
    const waiting = [...new Set(signals.map(({ youthId }) => youthId))]
      .flatMap((youthId) => scene.picture.viewsOf(youthId))
      .filter(({ own, involved }) => own.organisationId === organisationId && involved.length > 0)
      .filter(
        ({ own, involved }) =>
          own.contactMade.length === 0 &&
          involved.every(({ entry }) => !entry.contactMade.includes(own.entryId)),
      );
    return people
      .flatMap(({ id, name }) => {
        const theirs = waiting.filter(({ own }) => own.professionalId === id);
        const moments = theirs.map(({ own }) => since.get(own.entryId) ?? own.filedAt.toISOString()).sort();
        return moments[0] ? [{ professionalId: id, name, matches: theirs.length, since: moments[0] }] : [];
      })
      .sort((a, b) => a.since.localeCompare(b.since));
  }

  private async toldSince(entryIds: readonly string[]): Promise<Map<string, string>> {
    const rows = await this.dataSource.query<{ entry_id: string; first_at: Date }[]>(
      `select substr(subject, 8) as entry_id, first_at from match_notice where subject = any($1)`,
      [entryIds.map((id) => `signal/${id}`)],
    );
    return new Map(rows.map(({ entry_id, first_at }) => [entry_id, first_at.toISOString()]));
  }
}
