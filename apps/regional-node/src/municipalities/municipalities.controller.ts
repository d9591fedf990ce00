import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { addDays } from '#libs/calendar';
import { Clock } from '#libs/clock';
import {
  type MunicipalityFact,
  MunicipalityTable,
  NoTable33,
  ownTable,
  readTable33,
} from '#libs/municipalities';
import { invalidField } from '#libs/problems';
import { DataSource } from 'typeorm';
import { CurrentProfessional, Roles } from '../access/index.js';
import { Audit } from '../audit/index.js';
import { ROLES, type Professional } from '../directory/index.js';
import {
  LoadMunicipalitiesRequest,
  MunicipalityNewsList,
  MunicipalityTableState,
  type MunicipalityNews,
} from './municipalities.dto.js';
import { MunicipalityList } from './municipality-list.entity.js';
import { Municipalities } from './municipalities.js';

/** Names of codes that ended longer ago than this stand on no screen any more. */
const SHOWN_DAYS_AFTER_END = 5 * 366;
/** A table with fewer municipalities than this is cut off. */
const FEWEST = 200;

/** The table of municipalities: what the screens lack of it, and for the operator how old it is and a way to load a newer one. */
@ApiTags('municipalities')
@Controller('municipalities')
export class MunicipalitiesController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly municipalities: Municipalities,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Roles(...ROLES)
  @ApiOperation({
    summary: 'List the municipality codes that are newer than the screens, or that ended lately',
  })
  @ApiOkResponse({ type: MunicipalityNewsList })
  list(): MunicipalityNewsList {
    const today = this.municipalities.today();
    const since = addDays(today, -SHOWN_DAYS_AFTER_END);
    const table = this.municipalities.table();
    const known = ownTable();
    const news = table.facts.flatMap(({ code, name, end }): MunicipalityNews[] => {
      const inUse = table.isInUse(code, today);
      const ofScreens = known.isInUse(code, known.asOf) && known.nameOf(code) === name;
      if (inUse ? ofScreens : end === undefined || end < since) return [];
      return [{ code, name, inUse }];
    });
    return { municipalities: news };
  }

  @Get('table')
  @Roles('operator')
  @ApiOperation({ summary: 'See how old the table of municipalities is, and which codes it lacks' })
  @ApiOkResponse({ type: MunicipalityTableState })
  async state(): Promise<MunicipalityTableState> {
    const table = this.municipalities.table();
    return {
      asOf: table.asOf,
      old: this.municipalities.isOld(),
      inUse: table.inUse(this.municipalities.today()).length,
      unknown: (await this.codesInUse()).filter((code) => !table.factOf(code)),
    };
  }

  /** Every code that this node goes by: of the person register, as far as it was not known, and of the directory. */
  private async codesInUse(): Promise<string[]> {
    const rows = await this.dataSource.query<{ code: string }[]>(
      `select code from unknown_municipality
       union select municipality from professional where municipality is not null
       union select municipality from organisation where municipality is not null
       union select location ->> 'municipality' from organisation, jsonb_array_elements(locations) location
       order by 1`,
    );
    return rows.map(({ code }) => code);
  }

  @Post('table')
  @HttpCode(200)
  @Roles('operator')
  @ApiOperation({ summary: 'Load a newer table of municipalities (table 33 of the person register, as CSV)' })
  @ApiOkResponse({ type: MunicipalityTableState })
  async load(
    @CurrentProfessional() operator: Professional,
    @Body() { csv, asOf }: LoadMunicipalitiesRequest,
  ): Promise<MunicipalityTableState> {
    const facts = factsIn(csv);
    const today = this.municipalities.today();
    if (asOf > today) throw invalidField('asOf', 'day', 'Deze dag is nog niet geweest.');
    await this.dataSource.transaction(async (manager) => {
      await manager.query('lock table municipality_list in share row exclusive mode');
      await this.municipalities.look();
      if (asOf < this.municipalities.table().asOf)
        throw invalidField('asOf', 'older', 'Deze tabel is ouder dan de tabel die nu geldt.');
      if (new MunicipalityTable(facts, asOf).inUse(today).length < FEWEST)
        throw invalidField('csv', 'incomplete', 'Er staan te weinig gemeenten in. Is het bestand compleet?');
      if (lacksWhatIsKnown(facts, this.municipalities.table()))
        throw invalidField(
          'csv',
          'incomplete',
          'De tabel mist codes of einddagen die al bekend zijn. Lees de volledige tabel in.',
        );
      await manager.insert(MunicipalityList, { asOf, facts, loadedAt: this.clock.now() });
      await this.audit.record(manager, operator.id, 'municipalities-loaded', {
        asOf,
        municipalities: facts.length,
      });
    });
    await this.municipalities.look();
    return this.state();
  }
}

/** Whether these facts lack a code of the table in use, or its end: what is stored under that code would be misread. */
function lacksWhatIsKnown(facts: readonly MunicipalityFact[], table: MunicipalityTable): boolean {
  const ends = new Map(facts.map(({ code, end }) => [code, end]));
  return table.facts.some(
    ({ code, end }) => !ends.has(code) || (end !== undefined && ends.get(code) === undefined),
  );
}

function factsIn(csv: string) {
  try {
    return readTable33(csv);
  } catch (error) {
    if (!(error instanceof NoTable33)) throw error;
    throw invalidField('csv', 'table', `Dit is geen tabel 33: ${error.message}.`);
  }
}
