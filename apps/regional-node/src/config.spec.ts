import { environmentFor } from '../test/test-node.js';
import { loadConfig } from './config.js';

describe('the settings of a node', () => {
  const environment = environmentFor('postgres://user@127.0.0.1:5432/node');

  it('are complete with what the tests use, and have defaults', () => {
    const config = loadConfig(environment);
    expect(config).toMatchObject({
      region: 'midden-nederland',
      port: 0,
      stopDelaySeconds: 0,
      logLevel: 'info',
      allowInsecureIssuer: true,
      personRegisterAuthority: false,
    });
    const { ALLOW_INSECURE_ISSUER: _, ...safe } = environment;
    expect(loadConfig(safe).allowInsecureIssuer).toBe(false);
  });

  it.each([
    ['REGION', 'Midden Nederland'],
    ['NODE_KEY', 'short'],
    ['INDEX_KEY', ''],
    ['DATABASE_URL', 'mysql://x'],
    ['PUBLIC_URL', 'example'],
    ['ALLOW_INSECURE_ISSUER', 'perhaps'],
    ['PORT', '70000'],
    ['SMTP_URL', 'http://mail.example'],
  ])('name the variable %s when it is wrong, and not its value', (variable, value) => {
    const broken = () => loadConfig({ ...environment, [variable]: value });
    expect(broken).toThrow(variable);
    if (value) expect(broken).not.toThrow(value);
  });
});
