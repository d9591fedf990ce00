import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner, ModulesContainer, Reflector } from '@nestjs/core';
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js';
import { LoginCookies, PUBLIC, Public } from '#libs/login';
import { Problem } from '#libs/problems';
import { startNode, type TestNode } from '../../test/test-node.js';
import { ROLES } from '../directory/index.js';
import { AccessGuard, Roles, ROLES_KEY } from './index.js';

let node: TestNode;
beforeAll(async () => {
  node = await startNode();
});
afterAll(() => node.stop());

interface Route {
  name: string;
  method: string;
  path: string;
  places: [object, object];
}

/** Every HTTP route of the node, as Nest knows it. */
function routes(): Route[] {
  const discovery = new DiscoveryService(node.app.get(ModulesContainer));
  return discovery.getControllers().flatMap(({ metatype, instance }) => {
    const prototype = Object.getPrototypeOf(instance) as Record<string, object>;
    return new MetadataScanner().getAllMethodNames(prototype).flatMap((handlerName) => {
      const handler = prototype[handlerName]!;
      const method = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined;
      if (method === undefined) return [];
      const paths = [metatype!, handler].map((place) =>
        String(Reflect.getMetadata(PATH_METADATA, place) ?? ''),
      );
      return [
        {
          name: `${metatype!.name}.${handlerName}`,
          method: RequestMethod[method],
          path: `/${paths.filter((path) => path !== '/' && path !== '').join('/')}`,
          places: [handler, metatype!] as [object, object],
        },
      ];
    });
  });
}

describe('access', () => {
  const reflector = new Reflector();

  it('is decided for every route: open, or for named roles', () => {
    const all = routes();
    expect(all.length).toBeGreaterThan(12);
    const undecided = all.filter(
      ({ places }) =>
        !reflector.getAllAndOverride<boolean>(PUBLIC, places as never) &&
        !reflector.getAllAndOverride<string[]>(ROLES_KEY, places as never)?.length,
    );
    expect(undecided.map(({ name }) => name)).toEqual([]);
  });

  it('is open without login for health, figures, the login itself and how the index looks only', () => {
    const open = routes().filter(({ places }) =>
      reflector.getAllAndOverride<boolean>(PUBLIC, places as never),
    );
    expect(open.map(({ path }) => path).sort()).toEqual([
      '/auth/backchannel-logout',
      '/auth/callback{/:provider}',
      '/auth/login',
      '/auth/logout',
      '/auth/providers',
      '/health/live',
      '/health/ready',
      '/metrics',
      '/region',
      '/region/logo',
    ]);
  });

  it('is refused on every other route to nobody (401), to a stranger and to somebody without the role (403)', async () => {
    const nobody = await node.as();
    const stranger = await node.as('zomaar-iemand');
    const people = {
      professional: await node.as('mn-leerkracht'),
      coordinator: await node.as('mn-coordinator'),
      'process-manager': await node.as('mn-procesmanager'),
      operator: await node.as('mn-beheerder'),
    };
    for (const { name, method, path, places } of routes()) {
      if (reflector.getAllAndOverride<boolean>(PUBLIC, places as never)) continue;
      const roles = reflector.getAllAndOverride<string[]>(ROLES_KEY, places as never);
      const route = path.replace(/:\w+/g, '3b241101-e2bb-4255-8caf-4136c566a962');
      const send = (agent: typeof nobody) => agent[method.toLowerCase() as 'get'](route);
      expect([name, (await send(nobody)).status]).toEqual([name, 401]);
      expect([name, (await send(stranger)).status]).toEqual([name, 403]);
      for (const [role, agent] of Object.entries(people)) {
        const { status } = await send(agent);
        expect([name, role, status === 403]).toEqual([name, role, !roles.includes(role)]);
      }
    }
  });

  it('is refused by a handler that says nothing, even to somebody with every role', async () => {
    await node.dataSource.query(`update professional set roles = $1 where subject = 'mn-leerkracht'`, [
      [...ROLES],
    ]);
    const guard = new AccessGuard(reflector, node.dataSource, node.app.get(LoginCookies));
    class Silent {
      silent(this: void): void {}
      @Public() open(this: void): void {}
      @Roles('operator') operators(this: void): void {}
    }
    const ask = (handler: 'silent' | 'open' | 'operators', subject?: string) => {
      const request = { headers: {}, ...(subject ? { identity: { subject, sessionId: 'x' } } : {}) };
      return guard.canActivate(new ExecutionContextHost([request], Silent, Silent.prototype[handler]));
    };
    await expect(ask('silent', 'mn-leerkracht')).rejects.toEqual(new Problem('not-allowed'));
    await expect(ask('silent')).rejects.toEqual(new Problem('not-logged-in'));
    await expect(ask('operators', 'mn-leerkracht')).resolves.toBe(true);
    await expect(ask('open')).resolves.toBe(true);
  });

  it('ends with the next request when a role is taken away', async () => {
    const operator = await node.as('mn-beheerder');
    await operator.get('/audit').expect(200);
    await node.dataSource.query(
      `update professional set roles = '{professional}' where subject = 'mn-beheerder'`,
    );
    await operator.get('/audit').expect(403);
  });
});
