import { Module } from '@nestjs/common';
import { Descriptions } from './descriptions.js';
import { YouthRecords } from './youth-records.js';

@Module({ providers: [Descriptions, YouthRecords], exports: [Descriptions, YouthRecords] })
export class YouthsModule {}
