import { Module } from '@nestjs/common';
import { StatusModule } from '../status/index.js';
import { History } from './history.js';
import { HistoryController } from './history.controller.js';

@Module({ imports: [StatusModule], controllers: [HistoryController], providers: [History] })
export class HistoryModule {}
