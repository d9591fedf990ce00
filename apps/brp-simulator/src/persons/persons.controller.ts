import { All, Body, Controller, HttpCode, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { BrpProblem } from './brp-problem.js';
import { API_PATH } from './paths.js';
import { PersonsService, type PersonsAnswer } from './persons.service.js';
import { parseQuery } from './query.js';
import { RequestGuard } from './request.guard.js';

/** The one door of the BRP API. Headers such as X-DOELBINDING are accepted and have no effect. */
@ApiExcludeController()
@Controller(`${API_PATH}/personen`)
@UseGuards(RequestGuard)
export class PersonsController {
  constructor(private readonly persons: PersonsService) {}

  /** Takes every method, so that another than POST is refused in the words of the API. */
  @All()
  @HttpCode(200)
  query(@Body() body: unknown): PersonsAnswer {
    if (typeof body !== 'object' || body === null || Array.isArray(body)) {
      throw new BrpProblem('paramsValidation', { detail: 'De request body is geen JSON object.' });
    }
    return this.persons.answer(parseQuery(body as Record<string, unknown>));
  }
}
