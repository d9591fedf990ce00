import { Module } from '@nestjs/common';
import { CovenantModule } from '../covenant/index.js';
import { MunicipalityWarnings } from './municipality-warnings.js';

@Module({ imports: [CovenantModule], providers: [MunicipalityWarnings], exports: [MunicipalityWarnings] })
export class MunicipalityWarningsModule {}
