import { Module } from '@nestjs/common';
import { HandlesModule } from '../handles/index.js';
import { CardEnvelopes } from './card-envelopes.js';
import { Cards } from './cards.js';
import { MatchEnds } from './match-ends.js';
import { Rolls } from './rolls.js';

@Module({
  imports: [HandlesModule],
  providers: [CardEnvelopes, Cards, MatchEnds, Rolls],
  exports: [Cards, MatchEnds, Rolls],
})
export class CardsModule {}
