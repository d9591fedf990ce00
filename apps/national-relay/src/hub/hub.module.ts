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
import { RELAY, Signer, streams } from '#libs/protocol';
import { DataSource } from 'typeorm';
import { RelayConfig } from '../config.js';
import { metrics } from '../metrics.js';
import { Register } from '../register/index.js';
import { HubAccounts } from './hub-accounts.js';
import { HubCheck } from './hub-check.js';
import { HubStreams } from './hub-streams.js';

/** The link to all regions: connection, check of the hub, streams, outbox, and the transport that receives. */
@Global()
@Module({
  providers: [
    HubAccounts,
    HubCheck,
    HubStreams,
    LinkRestarts,
    {
      provide: HubConnection,
      inject: [RelayConfig, ProgramLogger],
      useFactory: (config: RelayConfig, logger: ProgramLogger) =>
        new HubConnection(config, { party: RELAY }, logger),
    },
    {
      provide: SetAside,
      inject: [Clock, RelayConfig],
      useFactory: (clock: Clock, { invalidMessages }: RelayConfig) =>
        new SetAside(clock, { softwareVersion: softwareVersion(), throws: invalidMessages === 'throw' }),
    },
    {
      provide: Outbox,
      inject: [Clock, SetAside],
      useFactory: (clock: Clock, setAside: SetAside) => new Outbox(clock, setAside),
    },
    {
      provide: OutboxSender,
      inject: [DataSource, HubConnection, RelayConfig, Clock, ProgramLogger],
      useFactory: (
        dataSource: DataSource,
        hub: HubConnection,
        config: RelayConfig,
        clock: Clock,
        logger: ProgramLogger,
      ) => {
        const signer = new Signer({ privateKey: config.signingKey, publicKey: config.signingPublicKey });
        return new OutboxSender(dataSource, hub, { self: RELAY, signer }, clock, logger);
      },
    },
    {
      provide: FederationTransport,
      inject: [
        DataSource,
        HubConnection,
        OutboxSender,
        Register,
        LinkRestarts,
        RelayConfig,
        Clock,
        ProgramLogger,
      ],
      useFactory: (
        dataSource: DataSource,
        hub: HubConnection,
        sender: OutboxSender,
        register: Register,
        links: LinkRestarts,
        config: RelayConfig,
        clock: Clock,
        logger: ProgramLogger,
      ) =>
        new FederationTransport(
          dataSource,
          hub,
          sender,
          {
            self: RELAY,
            wire: config.wire,
            receives: 'region',
            greets: false,
            restarted: (manager, region) => links.restarted(manager, region),
            channels: () =>
              register
                .admitted()
                .map((peer) => ({ peer, stream: streams.up(peer), consumer: streams.relayConsumer })),
            publicKeyOf: (peer) => register.publicKeyOf(peer),
            applied: (region, { applied, duplicates, rejected, outOfOrder }) => {
              for (const [outcome, count] of Object.entries({ applied, duplicates, rejected, outOfOrder }))
                metrics.messages.inc({ region, outcome }, count);
              // what was applied usually leads to something to send
              if (applied > 0) sender.wake();
            },
          },
          clock,
          logger,
        ),
    },
  ],
  exports: [
    HubAccounts,
    HubCheck,
    HubStreams,
    LinkRestarts,
    HubConnection,
    Outbox,
    OutboxSender,
    SetAside,
    FederationTransport,
  ],
})
export class HubModule {}
