import { Injectable } from '@nestjs/common';
import { birthdayLatest } from '#libs/calendar';
import { Problem } from '#libs/problems';
import type { EntityManager } from 'typeorm';
import { Audit } from '../audit/index.js';
import type { Professional } from '../directory/index.js';
import { Elsewhere } from '../moves/index.js';
import type { RegisteredPerson } from '../person-register/index.js';
import { Signal, Youth, YouthRecords } from '../youths/index.js';
import { Families } from './families.js';
import { linkedRemoval } from './rules/linked-removal.rule.js';
import { holdFiler } from './signal-filing.js';
import { SignalSharing } from './signal-sharing.js';
import type { Described } from './youth-identification.js';

/**
 * Links a signal to the youth whose BSN has become known, in one transaction. It keeps number, term and name in contact cards, and stays
 * with whom it matched by description until it ends; there people are asked to verify.
 */
@Injectable()
export class SignalLinking {
  constructor(
    private readonly youthRecords: YouthRecords,
    private readonly families: Families,
    private readonly elsewhere: Elsewhere,
    private readonly sharing: SignalSharing,
    private readonly audit: Audit,
  ) {}

  /** @throws Problem `signal-exists`, or `not-found` for a signal that ended or was linked meanwhile */
  async link(
    manager: EntityManager,
    professional: Professional,
    signalId: string,
    person: RegisteredPerson,
    described: Described,
  ): Promise<Signal> {
    await holdFiler(manager, professional);
    const { persons, before } = await this.families.lock(manager, person, described.person);
    const signal = await manager.findOneBy(Signal, { id: signalId, professionalId: professional.id });
    const unknown = signal && (await manager.findOneBy(Youth, { id: signal.youthId }));
    if (!unknown || unknown.bsnIndex) throw new Problem('not-found');
    const known = await this.youthRecords.find(manager, person.bsn);
    const isHeld = signal.sharedAt === null;
    const youth = isHeld && known ? known : await this.youthRecords.save(manager, person);
    const first = await manager.findOneBy(Signal, { youthId: youth.id, professionalId: professional.id });
    if (first) throw new Problem('signal-exists', { members: { signal: first.number } });
    const linked = {
      youthId: youth.id,
      ...linkedRemoval(signal, birthdayLatest(person.birthDate, 23)),
      sharingSealed: isHeld ? this.youthRecords.sealFacts(signal.id, person) : null,
    };
    await manager.update(Signal, { id: signal.id }, linked);
    await this.youthRecords.removeUnused(manager, unknown);
    await this.elsewhere.follow(manager, unknown.id);
    await this.audit.record(manager, professional.id, 'signal-linked', { signal: signal.number });
    if (!isHeld) await this.sharing.tell(manager, { professional, signal, youth, known, persons, before });
    return { ...signal, ...linked };
  }
}
