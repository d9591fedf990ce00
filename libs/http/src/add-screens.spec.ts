import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Controller, Get, Module } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import request from 'supertest';
import { addHttp, addScreens } from './index.js';

@Controller('things')
class Things {
  @Get() list(): string[] {
    return ['thing'];
  }
}

@Module({ controllers: [Things] })
class AppModule {}

const SCRIPT = `console.log('${'x'.repeat(2_000)}')`;
const PAGE = '<!doctype html><title>Page</title>';

describe('screens beside an API', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'screens-'));
  const screens = path.join(folder, 'screens');
  let app: NestExpressApplication;

  beforeAll(async () => {
    mkdirSync(path.join(screens, 'assets'), { recursive: true });
    writeFileSync(path.join(folder, 'secret.svg'), '<svg/>');
    writeFileSync(path.join(screens, 'index.html'), PAGE);
    writeFileSync(path.join(screens, 'people.csv'), '\ufeffNaam\r\n');
    writeFileSync(path.join(screens, 'assets', 'index-abc.js'), SCRIPT);
    const module = await Test.createTestingModule({ imports: [AppModule] }).compile();
    app = module.createNestApplication<NestExpressApplication>({ logger: false, bodyParser: false });
    addHttp(app, { title: 'Test', description: 'A test.', cookieName: 'test' });
    expect(addScreens(app, pathToFileURL(`${screens}/`))).toBe(true);
    await app.init();
  });
  afterAll(async () => {
    await app.close();
    rmSync(folder, { recursive: true });
  });
  const get = (address: string, accept = 'text/html') =>
    request(app.getHttpServer()).get(address).set('Accept', accept);

  it('are the page at every address that a browser opens, kept by nobody', async () => {
    for (const address of ['/', '/index.html', '/matches', '/signalen/nieuw', '/apishop']) {
      const { headers, text } = await get(address).expect(200);
      expect([address, text]).toEqual([address, PAGE]);
      expect(headers).toMatchObject({
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-store',
      });
    }
  });

  it('are files for a year, packed for who can unpack', async () => {
    const { headers, text } = await get('/assets/index-abc.js', '*/*').expect(200);
    expect(text).toBe(SCRIPT);
    expect(headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
      'content-encoding': 'gzip',
      vary: 'Accept-Encoding',
    });
    const plain = await get('/assets/index-abc.js', '*/*').set('Accept-Encoding', 'identity').expect(200);
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(plain.text).toBe(SCRIPT);
  });

  it('are files to download, with the mark that a spreadsheet looks for', async () => {
    const { headers, text } = await get('/people.csv', '*/*').expect(200);
    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(text).toBe('\ufeffNaam\r\n');
  });

  it('leave the addresses of the program alone, and what is no page', async () => {
    expect((await get('/api/v1/things').expect(200)).body).toEqual(['thing']);
    await get('/api/v1/nothing').expect(404);
    await get('/health/nothing').expect(404);
    await get('/matches', 'application/json').expect(404);
    await get('/assets/index-old.js').expect(404);
    await request(app.getHttpServer()).post('/matches').expect(404);
  });

  it('lead nowhere else on the disk', async () => {
    for (const address of ['/../secret.svg', '/%2e%2e/secret.svg', '/assets/../../secret.svg'])
      expect((await get(address)).text).not.toContain('<svg');
  });

  it('allow nothing that is written inside a page, and nothing of another site', async () => {
    const policy = (await get('/')).headers['content-security-policy'];
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
  });

  it('are not there without their folder', () => {
    expect(addScreens(app, pathToFileURL(path.join(folder, 'nowhere/')))).toBe(false);
  });
});
