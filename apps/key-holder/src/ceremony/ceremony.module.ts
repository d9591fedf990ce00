import { Module } from '@nestjs/common';
import { HubModule } from '../hub/index.js';
import { RegisterModule } from '../register/index.js';
import { CeremonyConsumer } from './ceremony.consumer.js';
import { Ceremony } from './ceremony.js';
import { KeyRing } from './key-ring.js';
import { ManifestConsumer } from './manifest.consumer.js';

@Module({
  imports: [HubModule, RegisterModule],
  providers: [Ceremony, CeremonyConsumer, KeyRing, ManifestConsumer],
  exports: [KeyRing],
})
export class CeremonyModule {}
