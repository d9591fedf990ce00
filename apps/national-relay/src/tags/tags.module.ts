import { Module } from '@nestjs/common';
import { ArchiveModule } from '../archive/index.js';
import { MatchesModule } from '../matches/index.js';
import { Tags } from './tags.js';
import { TagsConsumer } from './tags.consumer.js';

@Module({
  imports: [ArchiveModule, MatchesModule],
  controllers: [TagsConsumer],
  providers: [Tags],
  exports: [Tags],
})
export class TagsModule {}
