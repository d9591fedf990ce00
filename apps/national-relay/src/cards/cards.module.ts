import { Module } from '@nestjs/common';
import { MatchesModule } from '../matches/index.js';
import { CardsConsumer } from './cards.consumer.js';

@Module({ imports: [MatchesModule], controllers: [CardsConsumer] })
export class CardsModule {}
