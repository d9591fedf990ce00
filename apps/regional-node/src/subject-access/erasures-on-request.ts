import { Injectable } from '@nestjs/common';
import type { Bsn } from '#libs/bsn';
import { dayInAmsterdam } from '#libs/calendar';
import { Clock } from '#libs/clock';
import { invalidField, Problem } from '#libs/problems';
import type { EntityManager } from 'typeorm';
import { Archive } from '../archive/index.js';
import { Audit } from '../audit/index.js';
import type { Professional } from '../directory/index.js';
import { BlindIndex } from '../keys/index.js';
import { Matches } from '../matches/index.js';
import { PersonRegister } from '../person-register/index.js';
import { birthDateKnown, SignalRemoval } from '../signals/index.js';
import { lockPersons, YouthRecords } from '../youths/index.js';
import { AccessRequests } from './access-requests.js';
import { Competence, type Concern } from './competence.js';
import type { ErasurePreview, ErasureRequest } from './dto/erasure.dto.js';
import { digestOf, ErasurePreviews } from './erasure-previews.js';
import { KeptSignals } from './kept-signals.js';

/** `erase` ends signals and destroys archived ones; `destroy` takes those in the archive only. */
export type ErasureDoor = 'erase' | 'destroy';

const goesBy =
  (door: ErasureDoor) =>
  ({ decides, archived }: Concern): boolean =>
    decides && (archived || door === 'erase');

/**
 * Erases on the decision of a college (AVG 16, 17 and 21), in two steps: what would go is shown first, and only exactly that goes.
 *
 * Whose signals go? Those about which the process manager's college decides. Of a youth who lives here the preview says which other college
 * decides about the rest, to forward the request to. Of any other youth nothing is said: that would tell that there is a signal.
 */
@Injectable()
export class ErasuresOnRequest {
  constructor(
    private readonly requests: AccessRequests,
    private readonly competence: Competence,
    private readonly kept: KeptSignals,
    private readonly previews: ErasurePreviews,
    private readonly youthRecords: YouthRecords,
    private readonly blindIndex: BlindIndex,
    private readonly register: PersonRegister,
    private readonly removal: SignalRemoval,
    private readonly archive: Archive,
    private readonly matches: Matches,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /**
   * Whom an erasure is about, and what it takes.
   * @throws Problem `too-many-access-requests` until the next day
   * @throws Problem `person-register-unavailable` when something goes, and the register does not say of whom
   */
  async preview(processManager: Professional, bsn: Bsn, door: ErasureDoor): Promise<ErasurePreview> {
    const youthIndex = this.blindIndex.of('youth', bsn);
    const seen = await this.requests.handle(processManager, async (manager) => {
      const concerns = await this.competence.over(manager, processManager, youthIndex);
      const going = concerns.filter(goesBy(door));
      await this.audit.record(manager, processManager.id, 'erasure-previewed', { signals: going.length });
      return {
        going,
        ...(await this.kept.of(manager, going)),
        elsewhere: await this.kept.elsewhere(
          manager,
          concerns.filter(({ decides }) => !decides),
        ),
      };
    });
    const { going, ...shown } = seen;
    if (going.length === 0) return shown;
    const consultation = { actor: processManager.id, purpose: 'erase' as const };
    const persons = await this.register.namesOf([bsn], consultation);
    if (!persons) throw new Problem('person-register-unavailable');
    const person = persons.get(bsn.revealDigits());
    return {
      ...(person ? { youth: { name: person.name, ...birthDateKnown(person.birthDate) } } : {}),
      ...shown,
      preview: this.previews.of({ door, by: processManager.id, youthIndex }, going),
    };
  }

  /**
   * Takes what the preview showed, and writes the numbers in the logbook.
   * @throws Problem `invalid-input` for a decision in the future
   * @throws Problem `too-many-access-requests` until the next day
   * @throws Problem `preview-outdated` when something changed since, for a preview of something else, and for one of too long ago
   */
  async erase(
    processManager: Professional,
    bsn: Bsn,
    { decidedOn, preview }: Pick<ErasureRequest, 'decidedOn' | 'preview'>,
    door: ErasureDoor,
  ): Promise<void> {
    if (decidedOn > dayInAmsterdam(this.clock.now()))
      throw invalidField('decidedOn', 'future', 'Vul vandaag in, of een dag daarvoor.');
    const youthIndex = this.blindIndex.of('youth', bsn);
    const went = await this.requests.handle(processManager, async (manager) => {
      const shown = this.previews.shown({ door, by: processManager.id, youthIndex }, preview);
      const numbers =
        shown === undefined
          ? undefined
          : await this.take(manager, processManager, bsn, youthIndex, shown, door);
      await this.audit.record(
        manager,
        processManager.id,
        door === 'erase' ? 'signals-erased' : 'archive-destroyed',
        { signals: numbers ?? [], decidedOn },
      );
      return numbers;
    });
    if (!went) throw new Problem('preview-outdated');
    this.matches.wake();
  }

  /** @returns the numbers of what went; undefined when it is not what was shown */
  private async take(
    manager: EntityManager,
    processManager: Professional,
    bsn: Bsn,
    youthIndex: Buffer,
    shown: string,
    door: ErasureDoor,
  ): Promise<string[] | undefined> {
    // everybody at once, so that nothing is filed or ended between the look and the act
    const youth = await this.youthRecords.find(manager, bsn);
    const persons = youth ? await this.youthRecords.personsOf(manager, youth) : [];
    await lockPersons(manager, [youthIndex, ...(await this.youthRecords.around(manager, persons))]);
    const going = (await this.competence.over(manager, processManager, youthIndex)).filter(goesBy(door));
    if (going.length === 0 || digestOf(going) !== shown) return undefined;
    const { signals, archived } = await this.kept.of(manager, going);
    const ids = (isArchived: boolean) =>
      going.filter((each) => each.archived === isArchived).map(({ id }) => id);
    await this.removal.removeAll(manager, ids(false), 'erased-on-request', processManager.id);
    await this.archive.destroyOnRequest(manager, ids(true));
    return [...signals, ...archived].map(({ number }) => number);
  }
}
