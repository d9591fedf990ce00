import { Global, Module } from '@nestjs/common';
import { Clock } from '#libs/clock';
import { softwareVersion } from '#libs/configuration';
import {
  FederationTransport,
  HubConnection,
  LinkRestarts,
  Outbox,
  OutboxSender,
  SetAside,
} from '#libs/messaging';
import { ProgramLogger } from '#libs/observability';
import { Signer, streams } from '#libs/protocol';
import { DataSource } from 'typeorm';
import { RegionalNodeConfig } from '../config.js';
import { Forms } from './forms.js';
import { FederationController } from './federation.controller.js';
import { Heartbeats } from './heartbeats.js';
import { Manifests } from './manifests.js';
import { RegionKeys } from './region-keys.js';
import { Registers } from './registers.js';
import { ReleaseWindow } from './release-window.js';

/** The link to the national hub: connection, register, manifest, outbox, and the transport that receives. */
@Global()
@Module({
  controllers: [FederationController],
  providers: [
    Registers,
    Manifests,
    Forms,
    Heartbeats,
    ReleaseWindow,
    RegionKeys,
    LinkRestarts,
    {
      provide: HubConnection,
      inject: [RegionalNodeConfig, ProgramLogger],
      useFactory: (config: RegionalNodeConfig, logger: ProgramLogger) =>
        new HubConnection(config, { party: config.region, apiPrefix: streams.regionApiPrefix }, logger),
    },
    {
      provide: SetAside,
      inject: [Clock, RegionalNodeConfig],
      useFactory: (clock: Clock, { invalidMessages }: RegionalNodeConfig) =>
        new SetAside(clock, { softwareVersion: softwareVersion(), throws: invalidMessages === 'throw' }),
    },
    {
      provide: Outbox,
      inject: [Clock, SetAside],
      useFactory: (clock: Clock, setAside: SetAside) => new Outbox(clock, setAside),
    },
    {
      provide: OutboxSender,
      inject: [DataSource, HubConnection, RegionKeys, RegionalNodeConfig, Clock, ProgramLogger],
      useFactory: (
        dataSource: DataSource,
        hub: HubConnection,
        keys: RegionKeys,
        config: RegionalNodeConfig,
        clock: Clock,
        logger: ProgramLogger,
      ) =>
        new OutboxSender(
          dataSource,
          hub,
          { self: config.region, signer: new Signer(keys.signing), learnsFirst: true },
          clock,
          logger,
        ),
    },
    {
      provide: FederationTransport,
      inject: [
        DataSource,
        HubConnection,
        OutboxSender,
        Registers,
        LinkRestarts,
        RegionalNodeConfig,
        Clock,
        ProgramLogger,
      ],
      useFactory: (
        dataSource: DataSource,
        hub: HubConnection,
        sender: OutboxSender,
        registers: Registers,
        links: LinkRestarts,
        config: RegionalNodeConfig,
        clock: Clock,
        logger: ProgramLogger,
      ) => {
        const transport = new FederationTransport(
          dataSource,
          hub,
          sender,
          {
            self: config.region,
            wire: config.wire,
            receives: 'relay',
            greets: true,
            restarted: (manager, peer) => links.restarted(manager, peer),
            channels: () => registers.channels(),
            publicKeyOf: (peer) => registers.publicKeyOf(peer),
          },
          clock,
          logger,
        );
        registers.onChange(() => transport.refreshChannels());
        return transport;
      },
    },
  ],
  exports: [
    Registers,
    Manifests,
    Forms,
    Heartbeats,
    ReleaseWindow,
    RegionKeys,
    HubConnection,
    LinkRestarts,
    Outbox,
    OutboxSender,
    SetAside,
    FederationTransport,
  ],
})
export class FederationModule {}
