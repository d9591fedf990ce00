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

  it('believe no proxy, let a person ask 600 times a minute, and name no contact but that of the host', () => {
    const { trustedProxies, requestsPerMinute, securityContact } = loadConfig({
      ...environment,
      REQUESTS_PER_MINUTE: undefined,
    });
    expect([trustedProxies, requestsPerMinute, securityContact]).toEqual([[], 600, undefined]);
  });

  it('reach the person register without certificate, token, headers and proxy, and ask for every field', () => {
    const config = loadConfig(environment);
    expect(config).toMatchObject({ personRegisterHeaders: {}, personRegisterFieldsOff: [] });
    for (const unset of [
      ...(['personRegisterCertFile', 'personRegisterKeyFile', 'personRegisterKeyPassphrase'] as const),
      ...(['personRegisterCaFile', 'personRegisterProxy', 'personRegisterTokenUrl'] as const),
      ...(['personRegisterClientId', 'personRegisterClientSecret', 'personRegisterClientKeyFile'] as const),
      ...(['personRegisterTokenParameters', 'personRegisterApiKey'] as const),
    ])
      expect(config[unset]).toBeUndefined();
  });

  it('name headers of a gateway as JSON, and fields that are not asked for', () => {
    expect(
      loadConfig({
        ...environment,
        PERSON_REGISTER_HEADERS: '{"X-DOELBINDING":"Jeugdwet","X-GEBRUIKER":"{user}"}',
        PERSON_REGISTER_FIELDS_OFF: 'ouders.burgerservicenummer, datumInschrijvingInGemeente',
      }),
    ).toMatchObject({
      personRegisterHeaders: { 'X-DOELBINDING': 'Jeugdwet', 'X-GEBRUIKER': '{user}' },
      personRegisterFieldsOff: ['ouders.burgerservicenummer', 'datumInschrijvingInGemeente'],
    });
  });

  it.each([
    ['PERSON_REGISTER_KEY_FILE', { PERSON_REGISTER_CERT_FILE: environment.NATS_CERT_FILE! }],
    ['PERSON_REGISTER_CERT_FILE', { PERSON_REGISTER_KEY_FILE: environment.NATS_KEY_FILE! }],
    ['PERSON_REGISTER_CLIENT_ID', { PERSON_REGISTER_TOKEN_URL: 'https://auth.example/token' }],
    ['PERSON_REGISTER_CLIENT_SECRET', { PERSON_REGISTER_TOKEN_URL: 'https://auth.example/token' }],
    ['PERSON_REGISTER_HEADERS', { PERSON_REGISTER_HEADERS: 'X-DOELBINDING: Jeugdwet' }],
    ['PERSON_REGISTER_HEADERS', { PERSON_REGISTER_HEADERS: '["X-DOELBINDING"]' }],
    ['PERSON_REGISTER_HEADERS', { PERSON_REGISTER_HEADERS: '{"X DOELBINDING":"Jeugdwet"}' }],
    ['PERSON_REGISTER_HEADERS', { PERSON_REGISTER_HEADERS: '{"X-GEBRUIKER":"a\\nb"}' }],
    ['PERSON_REGISTER_HEADERS', { PERSON_REGISTER_HEADERS: `{"X-GEBRUIKER":"${'a'.repeat(243)}"}` }],
    ['PERSON_REGISTER_FIELDS_OFF', { PERSON_REGISTER_FIELDS_OFF: 'burgerservicenummer' }],
    ['PERSON_REGISTER_FIELDS_OFF', { PERSON_REGISTER_FIELDS_OFF: 'partners' }],
  ])('name %s when the person register cannot be reached with the settings', (variable, settings) => {
    expect(() => loadConfig({ ...environment, ...settings })).toThrow(variable);
  });

  it('know people by sub, demand no level of assurance, and leave the proof of the client to the provider', () => {
    const { subjectClaim, acrValues, clientAuthentication, clientKeyFile } = loadConfig(environment);
    expect([subjectClaim, acrValues, clientAuthentication, clientKeyFile]).toEqual([
      ...['sub', [], undefined, undefined],
    ]);
    const { CLIENT_SECRET: _, ...withoutSecret } = environment;
    const withKey = {
      ...withoutSecret,
      CLIENT_KEY_FILE: environment.NATS_KEY_FILE!,
      ACR_VALUES: 'urn:high, urn:low',
    };
    expect(loadConfig(withKey)).toMatchObject({ acrValues: ['urn:high', 'urn:low'] });
    expect(() => loadConfig(withoutSecret)).toThrow('CLIENT_SECRET');
  });

  it('name further providers as a JSON list, and none unless said so', () => {
    expect(loadConfig(environment).furtherProviders).toEqual([]);
    const provider = {
      ...{ id: 'zorg', name: 'De zorg', issuer: 'https://login.zorg.example', clientId: 'node' },
      ...{ clientSecret: 'secret', subjectClaim: 'oid', acrValues: ['urn:high'] },
    };
    const settings = { ...environment, FURTHER_PROVIDERS: JSON.stringify([provider]) };
    expect(loadConfig(settings).furtherProviders).toEqual([provider]);
  });

  const further = {
    id: 'zorg',
    name: 'De zorg',
    issuer: 'https://zorg.example',
    clientId: 'c',
    clientSecret: 's',
  };
  it.each([
    ['that are no list', '{}'],
    ['that are no JSON', 'zorg'],
    ['that are no providers', '[7]'],
    ['without a name', JSON.stringify([{ ...further, name: undefined }])],
    ['without secret or key', JSON.stringify([{ ...further, clientSecret: undefined }])],
    ['with an id that has a space', JSON.stringify([{ ...further, id: 'de zorg' }])],
    ['with a setting that is not known', JSON.stringify([{ ...further, secret: 's' }])],
    [
      'with an id that is given twice',
      JSON.stringify([further, { ...further, issuer: 'https://x.example' }]),
    ],
    ['with an issuer that is named twice', JSON.stringify([further, { ...further, id: 'x' }])],
    ['with the issuer of the first', JSON.stringify([{ ...further, issuer: environment['ISSUER'] }])],
  ])('do not name further providers %s', (_what, FURTHER_PROVIDERS) => {
    expect(() => loadConfig({ ...environment, FURTHER_PROVIDERS })).toThrow('FURTHER_PROVIDERS');
  });

  it.each([
    ['CLIENT_KEY_FILE', { CLIENT_AUTHENTICATION: 'private_key_jwt' }],
    ['CLIENT_KEY_FILE', { CLIENT_KEY_FILE: '/absent' }],
    ['CLIENT_AUTHENTICATION', { CLIENT_AUTHENTICATION: 'tls_client_auth' }],
    ['CLIENT_SECRET', { CLIENT_SECRET: '', CLIENT_AUTHENTICATION: 'client_secret_post' }],
    ['SUBJECT_CLAIM', { SUBJECT_CLAIM: 'o id' }],
    ['ACR_VALUES', { ACR_VALUES: 'urn:high urn:low' }],
  ])('name %s when the identity provider cannot be used with the settings', (variable, settings) => {
    expect(() => loadConfig({ ...environment, ...settings })).toThrow(variable);
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
    ['SMTP_URL', 'smtp://mail.example?requireTLS=false'],
    ['SMTP_URL', 'smtp://mail.example?name=node.example&ignoreTLS=true'],
    ['SMTP_URL', 'smtps://mail.example?tls.rejectUnauthorized=false'],
    ['SMTP_URL', 'smtps://mail.example?logger=true&debug=true'],
    ['SMTP_CA_FILE', '/nowhere/mail-ca.pem'],
    ['ALLOW_INSECURE_SMTP', 'perhaps'],
    ['TRUSTED_PROXIES', 'proxy.example'],
    ['TRUSTED_PROXIES', '10.0.0.0/33'],
    ['REQUESTS_PER_MINUTE', '7'],
    ['SECURITY_CONTACT', 'javascript:x'],
  ])('name the variable %s when it is wrong, and not its value', (variable, value) => {
    const broken = () => loadConfig({ ...environment, [variable]: value });
    expect(broken).toThrow(variable);
    if (value) expect(broken).not.toThrow(value);
  });
});
