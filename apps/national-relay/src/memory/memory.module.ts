import { Module } from '@nestjs/common';
import { MatchesModule } from '../matches/index.js';
import { MemoryConsumer } from './memory.consumer.js';
import { Memory } from './memory.js';

@Module({ imports: [MatchesModule], controllers: [MemoryConsumer], providers: [Memory] })
export class MemoryModule {}
