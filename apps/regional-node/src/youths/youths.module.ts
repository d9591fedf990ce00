import { Module } from '@nestjs/common';
import { YouthRecords } from './youth-records.js';

@Module({ providers: [YouthRecords], exports: [YouthRecords] })
export class YouthsModule {}
