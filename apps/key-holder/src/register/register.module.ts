import { Module } from '@nestjs/common';
import { HubModule } from '../hub/index.js';
import { Registers } from './registers.js';

@Module({ imports: [HubModule], providers: [Registers], exports: [Registers] })
export class RegisterModule {}
