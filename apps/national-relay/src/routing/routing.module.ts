import { Module } from '@nestjs/common';
import { MatchesModule } from '../matches/index.js';
import { RoutingConsumer } from './routing.consumer.js';

@Module({ imports: [MatchesModule], controllers: [RoutingConsumer] })
export class RoutingModule {}
