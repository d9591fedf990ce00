import { Module } from '@nestjs/common';
import { HubModule } from '../hub/index.js';
import { Forms } from './forms.js';
import { Registers } from './registers.js';

@Module({ imports: [HubModule], providers: [Registers, Forms], exports: [Registers] })
export class RegisterModule {}
