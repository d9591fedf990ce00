import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { Problem } from '#libs/problems';
import { Register } from '../register/index.js';
import { PersonChangeDto } from './dto/change.dto.js';

/** Lets a demonstration or a test make something happen to a person. Only there when SIMULATOR_CONTROL is true. */
@Controller('_simulator/changes')
export class ChangesController {
  constructor(private readonly register: Register) {}

  @Post()
  @HttpCode(204)
  change(@Body() { burgerservicenummer, change }: PersonChangeDto): void {
    if (!this.register.change(burgerservicenummer, change)) throw new Problem('not-found');
  }
}
