import { Module } from '@nestjs/common';
import { ArchiveConsumer } from './archive.consumer.js';
import { ArchiveQuestions } from './archive-questions.js';

@Module({ controllers: [ArchiveConsumer], providers: [ArchiveQuestions], exports: [ArchiveQuestions] })
export class ArchiveModule {}
