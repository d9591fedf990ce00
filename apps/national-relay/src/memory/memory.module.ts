import { Module } from '@nestjs/common';
import { TagsModule } from '../tags/index.js';
import { MemoryConsumer } from './memory.consumer.js';
import { Memory } from './memory.js';

@Module({ imports: [TagsModule], controllers: [MemoryConsumer], providers: [Memory] })
export class MemoryModule {}
