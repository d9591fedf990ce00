import { Module } from '@nestjs/common';
import { HandlesModule } from '../handles/index.js';
import { Cards } from './cards.js';

@Module({ imports: [HandlesModule], providers: [Cards], exports: [Cards] })
export class CardsModule {}
