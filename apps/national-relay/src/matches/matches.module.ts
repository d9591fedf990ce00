import { Module } from '@nestjs/common';
import { Matches } from './matches.js';

@Module({ providers: [Matches], exports: [Matches] })
export class MatchesModule {}
