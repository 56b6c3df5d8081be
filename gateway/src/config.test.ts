import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readConfig } from './config.ts';

describe('the configuration', () => {
  it('has a default for everything', () => {
    assert.deepEqual(readConfig({ JIOASSIST_PORT: '' }), {
      host: '127.0.0.1',
      port: 4300,
      dataDir: '.jioassist',
      allowedOrigins: ['http://127.0.0.1:4200'],
      accessTokenTtl: 900,
      auth: {
        exchangeIssuers: [],
        dpopNonceRequired: false,
        rateLimit: 50,
        rateBurst: 200,
        streamsPerAgent: 20,
      },
      hubAllowedHosts: ['localhost', '127.0.0.0/8', '::1'],
      seed: 7,
      customers: 40,
      sdkDir: 'packages/cdn/dist',
      scenarios: true,
      engage: { kind: 'simulated', port: 4310 },
      drainDelay: 0,
      drainTimeout: 1,
      tracing: false,
      logLevel: 'info',
    });
  });

  it('reads every variable', () => {
    const config = readConfig({
      JIOASSIST_PUBLIC_URL: 'https://assist.example/',
      JIOASSIST_ALLOWED_ORIGINS: 'https://a.example, https://b.example',
      DATABASE_URL: 'postgres://localhost/jioassist',
    });
    assert.equal(config.publicUrl, 'https://assist.example');
    assert.deepEqual(config.hubAllowedHosts, []);
    assert.deepEqual(config.allowedOrigins, ['https://a.example', 'https://b.example']);
    assert.equal(config.databaseUrl, 'postgres://localhost/jioassist');
  });

  it('lets faults be played on this machine only, unless it is told otherwise', () => {
    const elsewhere = { JIOASSIST_PUBLIC_URL: 'https://assist.example' };
    assert.equal(readConfig({ JIOASSIST_PUBLIC_URL: 'http://127.0.0.1:4300' }).scenarios, true);
    assert.equal(readConfig(elsewhere).scenarios, false);
    assert.equal(readConfig({ ...elsewhere, JIOASSIST_SCENARIOS: 'on' }).scenarios, true);
    assert.equal(readConfig({ JIOASSIST_SCENARIOS: 'off' }).scenarios, false);
  });

  it('serves metrics where it is told to', () => {
    assert.deepEqual(readConfig({ JIOASSIST_METRICS: '127.0.0.1:9464' }).metrics, {
      host: '127.0.0.1',
      port: 9464,
    });
    assert.deepEqual(readConfig({ JIOASSIST_METRICS: '[::1]:0' }).metrics, { host: '::1', port: 0 });
    assert.equal(readConfig({ JIOASSIST_METRICS: 'off' }).metrics, undefined);
  });

  it('traces when the variables of OpenTelemetry name a receiver', () => {
    assert.equal(readConfig({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' }).tracing, true);
    const off = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318', OTEL_SDK_DISABLED: 'true' };
    assert.equal(readConfig(off).tracing, false);
  });

  const wrong: [string, string][] = [
    ['JIOASSIST_METRICS', '9464'],
    ['JIOASSIST_PORT', '65536'],
    ['JIOASSIST_PORT', 'http'],
    ['JIOASSIST_PUBLIC_URL', 'assist.example'],
    ['JIOASSIST_PUBLIC_URL', 'https://assist.example/path'],
    ['JIOASSIST_ALLOWED_ORIGINS', 'https://a.example/'],
    ['JIOASSIST_ALLOWED_ORIGINS', '*'],
    ['JIOASSIST_HUB_ALLOWED_HOSTS', 'https://hooks.example'],
    ['JIOASSIST_HUB_ALLOWED_HOSTS', '10.0.0.0/33'],
    ['JIOASSIST_CUSTOMERS', '100001'],
    ['JIOASSIST_ACCESS_TOKEN_TTL', '0'],
    ['DATABASE_URL', 'mysql://localhost'],
    ['LOG_LEVEL', 'loud'],
  ];
  for (const [name, value] of wrong) {
    it(`refuses ${name}=${value} and names it`, () => {
      assert.throws(() => readConfig({ [name]: value }), new RegExp(name));
    });
  }
});
