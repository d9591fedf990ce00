import { Injectable } from '@nestjs/common';
import { SYSTEM } from '../audit/index.js';
import { ScheduledWork, type Work } from '../scheduled-work/index.js';
import { AbsencesService } from './absences.service.js';

/** Has others learn that somebody's absence began or is over. */
@Injectable()
@ScheduledWork({
  name: 'absences',
  title: 'Afwezigheid laten ingaan en aflopen',
  schedule: { everySeconds: 60 },
})
export class AbsenceWork implements Work {
  constructor(private readonly absences: AbsencesService) {}

  async run(stopping: () => boolean): Promise<number> {
    let done = 0;
    for (const id of await this.absences.toCatchUp()) {
      if (stopping()) break;
      if (await this.absences.catchUp(id, SYSTEM)) done += 1;
    }
    return done;
  }
}
