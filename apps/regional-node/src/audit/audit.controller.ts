import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, isUUID, Matches, Max, Min } from 'class-validator';
import { DataSource, LessThan, Raw } from 'typeorm';
import { Roles } from '../access/index.js';
import { AUDIT_ACTIONS, type AuditAction } from './audit-actions.js';
import { AuditLine } from './audit-line.entity.js';

/** Which lines of the logbook. */
export class AuditQuery {
  @ApiPropertyOptional({ description: 'The `next` of the page before.' })
  @IsOptional()
  @Matches(/^[1-9]\d{0,17}$/, { message: 'Gebruik next van de vorige bladzijde.' })
  before?: string;

  @ApiPropertyOptional({ minimum: 1, maximum: 200, default: 50 })
  @Type(() => Number)
  @IsInt({ message: 'Vul een geheel getal in.' })
  @Min(1, { message: 'Ten minste 1.' })
  @Max(200, { message: 'Ten hoogste 200.' })
  limit = 50;

  @ApiPropertyOptional({
    description: 'Only lines about the signal with this number.',
    example: 'MN-2026-000001',
  })
  @IsOptional()
  @Matches(/^[A-Z]{2,6}-\d{4}-\d{6,12}$/, { message: 'Vul een signaalnummer in, zoals MN-2026-000001.' })
  signal?: string;
}

class RecordedLine {
  @ApiProperty() id: string;
  @ApiProperty({ format: 'date-time' }) at: string;
  @ApiProperty({ description: 'Id of a professional, or `system`.' }) actor: string;
  @ApiProperty({ enum: Object.keys(AUDIT_ACTIONS) }) action: AuditAction;
  @ApiProperty({ type: Object }) fields: AuditLine['fields'];
}

class NamedPerson {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty() name: string;
}

class AuditPage {
  @ApiProperty({ type: [RecordedLine] }) lines: RecordedLine[];
  @ApiProperty({
    type: [NamedPerson],
    description: 'Who is named by id in these lines, as far as the directory knows them.',
  })
  people: NamedPerson[];
  @ApiPropertyOptional({ description: '`before` of the next page; absent on the last one.' }) next?: string;
}

/** A line is about a signal also when that took its place, and when it is one of several that went. */
const about = (signal: string) =>
  Raw(
    (fields) =>
      `(:signal in (${fields} ->> 'signal', ${fields} ->> 'renewed') or jsonb_exists(${fields} -> 'signals', :signal))`,
    { signal },
  );

@ApiTags('audit')
@Controller('audit')
export class AuditController {
  constructor(private readonly dataSource: DataSource) {}

  @Get()
  @Roles('operator')
  @ApiOperation({ summary: 'Read the logbook, the newest line first' })
  @ApiOkResponse({ type: AuditPage })
  async page(@Query() { before, limit, signal }: AuditQuery): Promise<AuditPage> {
    const lines = await this.dataSource.manager.find(AuditLine, {
      where: {
        ...(before === undefined ? {} : { id: LessThan(before) }),
        ...(signal === undefined ? {} : { fields: about(signal) }),
      },
      order: { id: 'desc' },
      take: limit,
    });
    return {
      lines: lines.map(({ at, ...line }) => ({ ...line, at: at.toISOString() })),
      people: await this.peopleIn(lines),
      ...(lines.length === limit ? { next: lines.at(-1)!.id } : {}),
    };
  }

  private async peopleIn(lines: readonly AuditLine[]): Promise<NamedPerson[]> {
    const ids = lines
      .flatMap(({ actor, fields }) => [actor, ...Object.values(fields)])
      .filter((id) => isUUID(id));
    return this.dataSource.query<NamedPerson[]>(
      'select id, name from professional where id = any($1) order by name, id',
      [[...new Set(ids)]],
    );
  }
}
