import { Module } from '@nestjs/common';
import { Handles } from './handles.js';
import { SecretQueue } from './secret-queue.js';
import { TagsCheck } from './tags-check.js';

@Module({ providers: [Handles, SecretQueue, TagsCheck], exports: [Handles, SecretQueue] })
export class HandlesModule {}
