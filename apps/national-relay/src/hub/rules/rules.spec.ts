import { unsafetyOf } from './safe-hub.rule.js';

const GIB = 1024 ** 3;
const safe = {
  tls_required: true,
  tls_verify: true,
  jetstream: { config: { sync_always: true, max_storage: GIB } },
};

describe('a hub is safe', () => {
  it.each(['2.15.1', '2.15.2', '2.16.0', '3.0.0', 'v2.15.1', '2.16.0-RC.1'])('at version %s', (version) => {
    expect(unsafetyOf({ ...safe, version })).toBeUndefined();
  });
  it.each(['2.15.0', '2.14.9', '2.9.10', '1.99.99', '', 'onbekend'])('not at version "%s"', (version) => {
    expect(unsafetyOf({ ...safe, version })).toMatch(/install 2\.15\.1 or later/);
  });
  it('not at a version that it does not tell, which is said as well', () => {
    expect(unsafetyOf({ ...safe, version: '2.15.0' })).toMatch(/^it is nats-server 2\.15\.0;/);
    expect(unsafetyOf({ ...safe, version: '' })).toMatch(/^it is nats-server of unknown version;/);
    expect(unsafetyOf(safe)).toMatch(/^it is nats-server of unknown version;/);
  });
  it.each([
    { jetstream: undefined },
    { jetstream: {} },
    { jetstream: { config: {} } },
    { jetstream: { config: { sync_always: false } } },
  ])('not when it says %j of its storage', (report) => {
    expect(unsafetyOf({ ...safe, ...report, version: '2.15.1' })).toMatch(/set "sync_interval: always"/);
  });
  it.each([
    [{ tls_required: false }, /in the clear; give its configuration the tls block/],
    [{ tls_required: undefined }, /in the clear/],
    [{ tls_verify: false }, /without a certificate; set "verify_and_map: true"/],
    [{ tls_verify: undefined }, /without a certificate/],
  ])('not when it says %j of its doors', (report, advice) => {
    expect(unsafetyOf({ ...safe, ...report, version: '2.15.1' })).toMatch(advice);
  });
  it('not when its streams may fill the disk', () => {
    const report = { ...safe, version: '2.15.1' };
    expect(unsafetyOf(report, GIB)).toMatch(/more than the disk has.*set "max_file_store"/);
    expect(unsafetyOf(report, GIB + 1)).toBeUndefined();
  });
});
