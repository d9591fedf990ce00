import { Module } from '@nestjs/common';
import { HandlesModule } from '../handles/index.js';
import { Cards } from './cards.js';
import { Rolls } from './rolls.js';

@Module({ imports: [HandlesModule], providers: [Cards, Rolls], exports: [Cards, Rolls] })
export class CardsModule {}
