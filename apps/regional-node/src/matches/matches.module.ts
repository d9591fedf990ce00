import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { CardsModule } from '../cards/index.js';
import { CovenantModule } from '../covenant/index.js';
import { HandlesModule } from '../handles/index.js';
import { MailsModule } from '../mails/index.js';
import { MovesModule } from '../moves/index.js';
import { ProbesModule } from '../probes/index.js';
import { YouthsModule } from '../youths/index.js';
import { MatchMails } from './match-mails.js';
import { MatchNotices } from './match-notices.js';
import { MatchQueueController } from './match-queue.controller.js';
import { MatchUpkeep } from './match-upkeep.js';
import { MatchesConsumer } from './matches.consumer.js';
import { MatchesController } from './matches.controller.js';
import { Matches } from './matches.js';
import { Scenes } from './scenes.js';
import { WaitingMatchesController } from './waiting-matches.controller.js';

@Module({
  imports: [
    AuditModule,
    CardsModule,
    CovenantModule,
    HandlesModule,
    MailsModule,
    MovesModule,
    ProbesModule,
    YouthsModule,
  ],
  controllers: [MatchesController, MatchQueueController, MatchesConsumer, WaitingMatchesController],
  providers: [Matches, MatchMails, MatchNotices, MatchUpkeep, Scenes],
  exports: [Matches, Scenes],
})
export class MatchesModule {}
