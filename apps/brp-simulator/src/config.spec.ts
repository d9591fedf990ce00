import { ConfigurationError } from '#libs/configuration';
import { readConfiguration } from './config.js';

describe('the settings', () => {
  it('have defaults for everything', () => {
    expect({ ...readConfiguration({}) }).toEqual({
      ...{ host: '127.0.0.1', port: 5010, stopDelaySeconds: 0, simulatorControl: false, tokenSeconds: 300 },
      ...{ requiredHeaders: [], fieldsNotAuthorised: [] },
    });
  });

  it('are read from the environment', () => {
    const environment = {
      HOST: '0.0.0.0',
      PORT: '0',
      STOP_DELAY_SECONDS: '5',
      API_KEY: 'k',
      SIMULATOR_CONTROL: 'true',
      POPULATION_FILE: 'p.json',
    };
    expect({ ...readConfiguration(environment) }).toEqual({
      host: '0.0.0.0',
      port: 0,
      stopDelaySeconds: 5,
      apiKey: 'k',
      simulatorControl: true,
      populationFile: 'p.json',
      tokenSeconds: 300,
      requiredHeaders: [],
      fieldsNotAuthorised: [],
    });
  });

  it.each<[string, string, Record<string, string>?]>([
    ['PORT', 'five'],
    ['PORT', '65536'],
    ['STOP_DELAY_SECONDS', '-1'],
    ['SIMULATOR_CONTROL', 'yes'],
    ['TOKEN_SECONDS', '0'],
    ['TLS_CERT_FILE', 'not-there.pem', { TLS_PORT: '0' }],
    ['CLIENT_CA_FILE', '', { TLS_PORT: '0' }],
    ['TOKEN_CLIENT_SECRET', '', { TOKEN_CLIENT_ID: 'node' }],
  ])('name %s when it is %s', (variable, value, others = {}) => {
    const read = () => readConfiguration({ ...others, [variable]: value });
    expect(read).toThrow(ConfigurationError);
    expect(read).toThrow(variable);
  });
});
