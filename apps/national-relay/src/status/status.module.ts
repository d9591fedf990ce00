import { Module } from '@nestjs/common';
import { HeartbeatsConsumer } from './heartbeats.consumer.js';
import { KeyHolderWatch } from './key-holder-watch.js';
import { Status } from './status.js';
import { StatusController } from './status.controller.js';

@Module({
  controllers: [StatusController, HeartbeatsConsumer],
  providers: [Status, KeyHolderWatch],
  exports: [Status],
})
export class StatusModule {}
