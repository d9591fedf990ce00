import { Module } from '@nestjs/common';
import { Handles } from './handles.js';
import { SecretQueue } from './secret-queue.js';

@Module({ providers: [Handles, SecretQueue], exports: [Handles, SecretQueue] })
export class HandlesModule {}
