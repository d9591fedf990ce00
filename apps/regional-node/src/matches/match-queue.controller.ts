import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { dayInAmsterdam } from '#libs/calendar';
import { Clock } from '#libs/clock';
import { Problem } from '#libs/problems';
import { Matches as MatchesPattern } from 'class-validator';
import { DataSource } from 'typeorm';
import { CurrentProfessional, Roles } from '../access/index.js';
import { Covenants, followUpStage, lastDayOfTerm, type FollowUpStage } from '../covenant/index.js';
import { municipalitiesOf, type Professional } from '../directory/index.js';
import { Registers } from '../federation/index.js';
import { Elsewhere } from '../moves/index.js';
import { Municipalities } from '../municipalities/index.js';
import { YouthRecords } from '../youths/index.js';
import type { SignalView } from './match-picture.js';
import { keyOf } from './match-picture.types.js';
import { contactShown, leadShown } from './match-shown.js';
import { mayFollowUp } from './matches.access.js';
import { FollowedUpMatch, MunicipalityElsewhere } from './matches.dto.js';
import { Matches, pairId } from './matches.js';
import { Scenes, type Scene } from './scenes.js';
import type { Involved } from './rules/who-matches.rule.js';

class ForwardRequest {
  @ApiProperty({ example: '0546', description: 'Code of a municipality of another region.' })
  @MatchesPattern(/^[0-9]{4}$/, { message: 'Kies een gemeente.' })
  municipality: string;
}

/** The matches that a process manager follows up. Nothing about the youth is in them. */
@ApiTags('match-queue')
@Roles('process-manager')
@Controller('match-queue')
export class MatchQueueController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly matches: Matches,
    private readonly scenes: Scenes,
    private readonly youthRecords: YouthRecords,
    private readonly covenants: Covenants,
    private readonly registers: Registers,
    private readonly elsewhere: Elsewhere,
    private readonly municipalityCodes: Municipalities,
    private readonly clock: Clock,
  ) {}

  /** What is escalated first, then what is stalled, waits, is in contact; the longest first. */
  @Get()
  @ApiOperation({ summary: 'List the matches that you follow up' })
  @ApiOkResponse({ type: [FollowedUpMatch] })
  async list(@CurrentProfessional() processManager: Professional): Promise<FollowedUpMatch[]> {
    const today = dayInAmsterdam(this.clock.now());
    const { scene, since } = await this.followedUpBy(processManager);
    const forwarded = await this.elsewhere.forwardedTo(this.dataSource.manager, [...since.keys()]);
    return [...since]
      .map(([youthId, firstAt]) => {
        const views = matchesOn(youthId, scene);
        const own = new Map(
          views.map((view) => [keyOf(view.own), { kind: 'same-youth' as const, entry: view.own }]),
        );
        const others = new Map(
          views.flatMap((view) => view.involved).map((involved) => [keyOf(involved.entry), involved]),
        );
        const involved = [...new Map<string, Involved>([...others, ...own]).values()];
        const samePerson = views.flatMap(({ own: { filer }, yourself }) =>
          yourself.map((entry) => ({ entry, filer })),
        );
        // who meets only themselves has nobody to contact
        const contactMade = others.size === 0 || involved.some(({ entry }) => entry.contactMade.length > 0);
        const { followUp } = scene.picture.covenantOf(youthId);
        const began = dayInAmsterdam(new Date(firstAt));
        const lastDay = (workingDays: number) => lastDayOfTerm(began, workingDays, followUp.liberationDay);
        return {
          id: pairId(youthId, processManager.id),
          since: firstAt,
          matchregisseur: leadShown(views[0]!.lead, this.registers),
          contactMade,
          stage: followUpStage(began, today, contactMade, followUp),
          stalledAfter: lastDay(followUp.stalledAfterWorkingDays),
          escalatedAfter: lastDay(followUp.escalatedAfterWorkingDays),
          forwardedTo: forwarded.get(youthId)!,
          involved: involved.map(({ kind, entry }) => ({
            kind,
            ...contactShown(entry.contact),
            ...(entry.standsInFor === undefined ? {} : { standsInFor: entry.standsInFor }),
            region: this.registers.nameOf(entry.region),
          })),
          samePerson: samePerson.map(({ entry, filer }) => ({
            saidBy: filer.name,
            ...contactShown(entry.contact),
            region: this.registers.nameOf(entry.region),
          })),
          possible: new Set(views.flatMap((view) => view.possible).map(keyOf)).size,
        };
      })
      .sort((a, b) => STAGES.indexOf(a.stage) - STAGES.indexOf(b.stage) || a.since.localeCompare(b.since));
  }

  @Get('municipalities')
  @ApiOperation({ summary: 'List the municipalities of other regions, to which a match can be forwarded' })
  @ApiOkResponse({ type: [MunicipalityElsewhere] })
  async municipalities(): Promise<MunicipalityElsewhere[]> {
    const { document } = await this.covenants.current();
    const own = document.municipalities.map(({ code }) => this.municipalityCodes.now(code));
    const elsewhere = this.registers
      .municipalities()
      .map(({ code, region }) => ({ code: this.municipalityCodes.now(code), region }))
      .filter(({ code }) => !own.includes(code));
    return [...new Map(elsewhere.map((each) => [each.code, each])).values()];
  }

  @Post(':id/_forward')
  @HttpCode(204)
  @ApiOperation({ summary: 'Forward a match to the process manager of a municipality of another region' })
  @ApiNoContentResponse()
  async forward(
    @CurrentProfessional() processManager: Professional,
    @Param('id') id: string,
    @Body() { municipality }: ForwardRequest,
  ): Promise<void> {
    const { scene, since } = await this.followedUpBy(processManager);
    const youth = scene.youths.find(
      (each) => since.has(each.id) && pairId(each.id, processManager.id) === id,
    );
    if (!youth) throw new Problem('not-found');
    await this.dataSource.transaction(async (manager) => {
      await this.matches.lock(manager, await this.youthRecords.personsOfAll(manager, [youth.id]));
      await this.elsewhere.forward(manager, youth.id, processManager, municipality);
    });
    this.matches.wake();
  }

  /** The youths on whom this process manager follows up matches, with when people were first told. */
  private async followedUpBy(
    processManager: Professional,
  ): Promise<{ scene: Scene; since: Map<string, string> }> {
    const { document } = await this.covenants.current();
    const own = await municipalitiesOf(this.dataSource.manager, processManager);
    const ownPresent = own.map((code) => this.municipalityCodes.now(code));
    // whoever was told of a match, and may live in this municipality, or elsewhere than in this covenant's
    const rows = await this.dataSource.query<{ youth_id: string; since: Date }[]>(
      `select s.youth_id, min(n.first_at) as since
       from match_notice n join signal s on n.subject = 'signal/' || s.entry_id join youth y on y.id = s.youth_id
       where y.municipality is null or y.municipality = any($1) or y.municipality <> all($2)
       group by s.youth_id`,
      [
        this.municipalityCodes.codesOf(own),
        this.municipalityCodes.codesOf(document.municipalities.map(({ code }) => code)),
      ],
    );
    const scene = await this.scenes.of(
      this.dataSource.manager,
      rows.map((row) => row.youth_id),
    );
    const firstAt = new Map(rows.map((row) => [row.youth_id, row.since.toISOString()]));
    const theirs = scene.youths.filter(
      ({ id }) =>
        firstAt.has(id) &&
        mayFollowUp(ownPresent, scene.picture.followUpOf(id)) &&
        matchesOn(id, scene).length > 0,
    );
    return { scene, since: new Map(theirs.map(({ id }) => [id, firstAt.get(id)!])) };
  }
}

/** The signals on a youth that match somebody, if only their filer in another region by their own word: none when the others have ended since people were told. */
const matchesOn = (youthId: string, { picture }: Scene): SignalView[] =>
  picture
    .viewsOf(youthId)
    .filter(({ involved, possible, yourself }) => involved.length + possible.length + yourself.length > 0);

/** In the order of the queue. */
const STAGES: readonly FollowUpStage[] = ['escalated', 'stalled', 'waiting', 'in-contact'];
