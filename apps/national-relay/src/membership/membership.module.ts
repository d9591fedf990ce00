import { Module } from '@nestjs/common';
import { Membership } from './membership.js';
import { MembershipController } from './membership.controller.js';

@Module({ controllers: [MembershipController], providers: [Membership] })
export class MembershipModule {}
