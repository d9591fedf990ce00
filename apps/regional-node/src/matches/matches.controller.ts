import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { dayInAmsterdam } from '#libs/calendar';
import { Clock } from '#libs/clock';
import { Problem } from '#libs/problems';
import { DataSource, In, type EntityManager } from 'typeorm';
import { CurrentProfessional, Roles } from '../access/index.js';
import { Audit } from '../audit/index.js';
import { standsInFor, type Professional } from '../directory/index.js';
import { Registers } from '../federation/index.js';
import { Signal, YouthRecords } from '../youths/index.js';
import { ContactMade } from './contact-made.entity.js';
import { MatchConfirmed } from './match-confirmed.entity.js';
import { MatchRejected } from './match-rejected.entity.js';
import { SamePerson } from './same-person.entity.js';
import type { SignalView } from './match-picture.js';
import { contactShown, leadShown } from './match-shown.js';
import { maySeeMatchesOf } from './matches.access.js';
import { MatchesOfSignal, MatchesVersion } from './matches.dto.js';
import { Matches, pairId } from './matches.js';
import { Scenes, type Scene } from './scenes.js';
import type { Involved } from './rules/who-matches.rule.js';

type StatementAction =
  | 'contact-made'
  | 'contact-taken-back'
  | 'match-confirmed'
  | 'match-rejected'
  | 'same-person-said'
  | 'same-person-taken-back';

type Pair = Pick<ContactMade, 'ownEntryId' | 'otherEntryId'>;

/** Matches of one's own signals, for professionals. Nothing about the youth is in them. */
@ApiTags('matches')
@Controller()
export class MatchesController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly matches: Matches,
    private readonly scenes: Scenes,
    private readonly youthRecords: YouthRecords,
    private readonly registers: Registers,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** The matches of one's own signals, and of absent colleagues for whom one stands in; signals that nobody else matches are left out. */
  @Get('matches')
  @Roles('professional')
  @ApiOperation({ summary: 'List the matches of your signals, and of colleagues for whom you stand in' })
  @ApiOkResponse({ type: [MatchesOfSignal] })
  async list(@CurrentProfessional() professional: Professional): Promise<MatchesOfSignal[]> {
    const { views } = await this.viewsOf(professional);
    return views
      .filter((view) => view.involved.length + view.possible.length + view.yourself.length > 0)
      .map((view) => ({
        signalId: view.own.signalId,
        signalNumber: view.own.signalNumber,
        ...(view.own.professionalId === professional.id ? {} : { standingInFor: view.own.filer.name }),
        matchregisseur: leadShown(view.lead, this.registers),
        youLead: view.youLead,
        involved: view.involved.map((involved) => this.involvedFor(professional, view, involved)),
        possible: view.possible.map((possible) => ({
          id: pairId(view.own.entryId, possible.entryId),
          kind: 'possibly-same-youth' as const,
          confirmedByYou: possible.confirmedByUs,
          confirmedByThem: possible.confirmedByThem,
          askedToVerify: possible.verify,
        })),
        yourself: view.yourself.map(({ entryId, region, contact }) => ({
          id: pairId(view.own.entryId, entryId),
          function: contact.function,
          organisation: contact.organisation,
          region: this.registers.nameOf(region),
        })),
      }));
  }

  /**
   * Something that differs when other matches, people or a lead are to be seen: cheap, so that a screen can ask for it every few seconds.
   * It says nothing by itself.
   */
  @Get('matches/version')
  @Roles('professional')
  @ApiOperation({ summary: 'Ask whether your matches changed' })
  @ApiOkResponse({ type: MatchesVersion })
  async version(@CurrentProfessional() professional: Professional): Promise<MatchesVersion> {
    const absent = await this.absentFor(professional);
    const [row] = await this.dataSource.query<[{ version: string | null }]>(
      `select md5(string_agg(s.id::text || ' ' || coalesce(n.n, 0), ',' order by s.id)) as version
       from signal s left join match_notice n on n.subject = 'signal/' || s.entry_id
       where s.professional_id = any($1)`,
      [[professional.id, ...absent]],
    );
    return { version: row.version ?? 'none' };
  }

  /** Says that one is in contact with somebody one matches. Saying it again changes nothing. */
  @Post('matches/:id/_contact-made')
  @Roles('professional')
  @HttpCode(204)
  @ApiOperation({ summary: 'Say that you are in contact with somebody you match' })
  @ApiNoContentResponse()
  async contactMade(
    @CurrentProfessional() professional: Professional,
    @Param('id') id: string,
  ): Promise<void> {
    await this.change(professional, id, 'contact-made', involvedIn, (manager, pair) =>
      this.record(manager, ContactMade, pair),
    );
  }

  /** Takes back that one is in contact. What the other said stays. */
  @Post('matches/:id/_contact-not-made')
  @Roles('professional')
  @HttpCode(204)
  @ApiOperation({ summary: 'Take back that you are in contact with somebody you match' })
  @ApiNoContentResponse()
  async contactNotMade(
    @CurrentProfessional() professional: Professional,
    @Param('id') id: string,
  ): Promise<void> {
    await this.change(professional, id, 'contact-taken-back', involvedIn, async (manager, pair) => {
      await manager.delete(ContactMade, pair);
    });
  }

  /** Says that another signal can be about the same youth without BSN. Saying it again changes nothing. */
  @Post('matches/:id/_confirm')
  @Roles('professional')
  @HttpCode(204)
  @ApiOperation({
    summary:
      'Confirm that another signal can be about the same youth without BSN; when both sides did, they see how to reach each other',
  })
  @ApiNoContentResponse()
  async confirm(@CurrentProfessional() professional: Professional, @Param('id') id: string): Promise<void> {
    await this.change(professional, id, 'match-confirmed', possibleIn, (manager, pair) =>
      this.record(manager, MatchConfirmed, pair),
    );
  }

  /** Says that another signal is on another youth. It ends the possible match for good, and an earlier confirmation with it. */
  @Post('matches/:id/_reject')
  @Roles('professional')
  @HttpCode(204)
  @ApiOperation({
    summary:
      'Say that another signal is on another youth without BSN: the possible match is not shown again, within the region to neither side',
  })
  @ApiNoContentResponse()
  async reject(@CurrentProfessional() professional: Professional, @Param('id') id: string): Promise<void> {
    await this.change(professional, id, 'match-rejected', possibleIn, async (manager, pair) => {
      await manager.delete(MatchConfirmed, pair);
      await this.record(manager, MatchRejected, pair);
    });
  }

  /**
   * Says that somebody in another region is oneself: one is no match of oneself. The other region does not hear of it; the process manager
   * does, for it hides a match. A stand-in cannot say it.
   */
  @Post('matches/:id/_that-is-me')
  @Roles('professional')
  @HttpCode(204)
  @ApiOperation({ summary: 'Say that somebody in another region, whom your signal matches, is you' })
  @ApiNoContentResponse()
  async thatIsMe(@CurrentProfessional() professional: Professional, @Param('id') id: string): Promise<void> {
    await this.change(professional, id, 'same-person-said', elsewhereFor(professional), (manager, pair) =>
      this.record(manager, SamePerson, pair),
    );
  }

  /** Takes back that somebody in another region is oneself. */
  @Post('matches/:id/_that-is-not-me')
  @Roles('professional')
  @HttpCode(204)
  @ApiOperation({ summary: 'Take back that somebody in another region is you' })
  @ApiNoContentResponse()
  async thatIsNotMe(
    @CurrentProfessional() professional: Professional,
    @Param('id') id: string,
  ): Promise<void> {
    await this.change(
      professional,
      id,
      'same-person-taken-back',
      ({ yourself }) => yourself,
      async (manager, pair) => {
        await manager.delete(SamePerson, pair);
      },
    );
  }

  /** Changes what somebody says of a pair of signals, one of them theirs, and has cards and mails follow. */
  private async change(
    professional: Professional,
    id: string,
    action: StatementAction,
    othersIn: (view: SignalView) => readonly { entryId: string }[],
    write: (manager: EntityManager, pair: Pair) => Promise<void>,
  ): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const absent = await this.absentFor(professional, manager);
      const signals = await manager.findBy(Signal, { professionalId: In([professional.id, ...absent]) });
      const youthIds = signals.map((signal) => signal.youthId);
      await this.matches.lock(manager, await this.youthRecords.personsOfAll(manager, youthIds));
      const scene = await this.scenes.of(manager, youthIds);
      const pair = ownViews(scene, professional, absent)
        .flatMap((view) => othersIn(view).map((other) => ({ view, other })))
        .find(({ view, other }) => pairId(view.own.entryId, other.entryId) === id);
      if (!pair) throw new Problem('not-found');
      const { own } = pair.view;
      await write(manager, { ownEntryId: own.entryId, otherEntryId: pair.other.entryId });
      await this.audit.record(manager, professional.id, action, { signal: own.signalNumber });
      await this.matches.settle(manager, await this.youthRecords.personsOfAll(manager, [own.youthId]));
    });
    this.matches.wake();
  }

  private async record(
    manager: EntityManager,
    entity: typeof ContactMade | typeof MatchConfirmed | typeof MatchRejected | typeof SamePerson,
    pair: Pair,
  ): Promise<void> {
    const values = { ...pair, at: this.clock.now() };
    await manager.createQueryBuilder().insert().into(entity).values(values).orIgnore().execute();
  }

  private async viewsOf(professional: Professional): Promise<{ views: SignalView[] }> {
    const absent = await this.absentFor(professional);
    const signals = await this.dataSource.manager.findBy(Signal, {
      professionalId: In([professional.id, ...absent]),
    });
    const scene = await this.scenes.of(
      this.dataSource.manager,
      signals.map((signal) => signal.youthId),
    );
    return { views: ownViews(scene, professional, absent) };
  }

  private absentFor(professional: Professional, manager = this.dataSource.manager): Promise<string[]> {
    return standsInFor(manager, professional.id, dayInAmsterdam(this.clock.now()));
  }

  private involvedFor(reader: Professional, view: SignalView, { kind, entry }: Involved) {
    return {
      id: pairId(view.own.entryId, entry.entryId),
      kind,
      ...contactShown(entry.contact),
      ...(entry.standsInFor === undefined ? {} : { standsInFor: entry.standsInFor }),
      region: this.registers.nameOf(entry.region),
      contactMadeByYou: view.own.contactMade.includes(entry.entryId),
      contactMadeByThem: entry.contactMade.includes(view.own.entryId),
      mayBeYou: view.own.professionalId === reader.id && entry.region !== view.own.region,
      ...(kind === 'possibly-same-youth' ? { askedToVerify: entry.verify === true } : {}),
    };
  }
}

const involvedIn = ({ involved }: SignalView) => involved.map(({ entry }) => entry);

/** Who of another region may be the filer of a signal themselves. */
const elsewhereFor = (filer: Professional) => (view: SignalView) =>
  view.own.professionalId === filer.id
    ? involvedIn(view).filter(({ region }) => region !== view.own.region)
    : [];

/** Who may be involved with the same youth without BSN, whether both sides confirmed it or not. */
const possibleIn = ({ possible, involved }: SignalView) => [
  ...possible,
  ...involved.filter(({ kind }) => kind === 'possibly-same-youth').map(({ entry }) => entry),
];

const ownViews = (scene: Scene, professional: Professional, absent: readonly string[]): SignalView[] =>
  scene.youths
    .filter((youth) => scene.concerned.has(youth.id))
    .flatMap((youth) => scene.picture.viewsOf(youth.id))
    .filter((view) => maySeeMatchesOf(professional, absent, view.own))
    .sort((a, b) => b.own.filedAt.getTime() - a.own.filedAt.getTime());
