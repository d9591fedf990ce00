import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Type } from 'class-transformer';
import { IsInt, IsString, MinLength } from 'class-validator';
import { ConfigurationError, IsReadableFile, loadConfiguration } from './configuration.js';

class Example {
  @IsString() @MinLength(3) databaseUrl: string;
  @Type(() => Number) @IsInt() port = 8080;
}
const load = (environment: Record<string, string>) =>
  loadConfiguration(Example, ['databaseUrl', 'port'], environment);

describe('configuration', () => {
  it('reads properties from variables in capitals and keeps defaults', () => {
    expect(load({ DATABASE_URL: 'postgres://x' })).toEqual({ databaseUrl: 'postgres://x', port: 8080 });
    expect(load({ DATABASE_URL: 'postgres://x', PORT: '9' }).port).toBe(9);
  });
  it('reads a secret from the file that NAME_FILE names', () => {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'configuration-')), 'url');
    writeFileSync(file, 'postgres://secret\n');
    expect(load({ DATABASE_URL_FILE: file }).databaseUrl).toBe('postgres://secret');
  });
  it('takes the path of a file only when that can be read', () => {
    class WithFile {
      @IsReadableFile() caFile: string;
    }
    const folder = mkdtempSync(path.join(tmpdir(), 'configuration-'));
    const file = path.join(folder, 'ca.pem');
    const loadFile = (CA_FILE?: string) => loadConfiguration(WithFile, ['caFile'], { CA_FILE });
    for (const wrong of [file, folder, undefined])
      expect(() => loadFile(wrong)).toThrow('CA_FILE: names a file that is not there or cannot be read');
    writeFileSync(file, 'x');
    expect(loadFile(file)).toEqual({ caFile: file });
  });
  it('names every variable that is missing or wrong, and repeats no value', () => {
    expect(() => load({ PORT: 'seven' })).toThrow(ConfigurationError);
    try {
      load({ PORT: 'seven' });
    } catch (error) {
      expect((error as Error).message).toMatch(/DATABASE_URL:.*not set/);
      expect((error as Error).message).toMatch(/PORT:/);
      expect((error as Error).message).not.toMatch(/seven/);
    }
  });
});
