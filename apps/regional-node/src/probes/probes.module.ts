import { Module } from '@nestjs/common';
import { CardsModule } from '../cards/index.js';
import { HandlesModule } from '../handles/index.js';
import { Probes } from './probes.js';

@Module({ imports: [CardsModule, HandlesModule], providers: [Probes], exports: [Probes] })
export class ProbesModule {}
