import request from 'supertest';
import { startNode, type TestNode } from '../test/test-node.js';

let node: TestNode;
beforeAll(async () => {
  node = await startNode();
});
afterAll(() => node.stop());

describe('the HTTP side of a node', () => {
  const get = (path: string) => request(node.app.getHttpServer()).get(path);

  it('answers about its health and figures outside the API', async () => {
    expect((await get('/health/live').expect(200)).body.status).toBe('ok');
    expect((await get('/health/ready').expect(200)).body.details).toEqual({
      database: expect.objectContaining({ status: 'up' }),
      memory: { status: 'up' },
      municipalities: { status: 'up', asOf: '2026-01-01', old: false },
      mailServer: { status: 'up' },
    });
    expect((await get('/metrics').expect(200)).text).toContain('mails_total');
  });

  it('says its version, and that nothing may be kept or framed', async () => {
    const { headers } = await get('/api/v1/me').expect(401);
    expect(headers).toMatchObject({
      'api-version': '1.0.0',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'content-type': 'application/problem+json; charset=utf-8',
    });
    const policy = headers['content-security-policy'];
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("style-src 'self';");
    expect(policy).not.toContain('unsafe');
    expect(headers['x-powered-by']).toBeUndefined();
  });

  it('shows name, colour and logo of the index to everybody', async () => {
    const { body } = await get('/api/v1/region').expect(200);
    expect(body).toEqual({ name: 'Verwijsindex Midden Nederland', colour: '#0b5c6b', logo: true });
    const { headers, body: logo } = await get('/api/v1/region/logo').expect(200);
    expect(headers['content-type']).toContain('image/svg+xml');
    expect(String(logo)).toMatch(/^<svg .*<\/svg>/);
  });

  it('describes its API, with the either-or of a youth and every reply', async () => {
    const { body } = await get('/api/v1/openapi.json').expect(200);
    expect(Object.keys(body.paths)).toEqual(
      expect.arrayContaining(['/api/v1/signals', '/api/v1/signals/{id}/_end', '/api/v1/me', '/api/v1/audit']),
    );
    expect(Object.keys(body.paths).filter((path) => !path.startsWith('/api/v1/'))).toEqual([]);
    expect(body.components.schemas.FileSignalRequest.properties.youth.oneOf).toHaveLength(3);
    expect(Object.keys(body.components.schemas.FileSignalRequest.properties).sort()).toEqual([
      'informed',
      'remind',
      'youth',
    ]);
  });

  it('answers an unknown path with a problem', async () => {
    expect((await get('/api/v1/youths')).body).toMatchObject({ status: 404, code: 'not-found' });
  });
});
