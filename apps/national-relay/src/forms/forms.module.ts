import { Module } from '@nestjs/common';
import { Forms } from './forms.js';

@Module({ providers: [Forms], exports: [Forms] })
export class FormsModule {}
