import { expect } from '@open-wc/testing';
import type { AuthProvider } from '../auth/auth-provider.js';
import { createJioAssist, type JioAssistClient } from '../client.js';
import { JioAssistError } from '../errors.js';
import { buildCustomer, fakeAuth, FakeGateway } from '../testing/index.js';
import { VERSION } from '../version.js';
import { examine } from './doctor.js';
import { DOCTOR_CHECKS, type DoctorCheckId, type DoctorReport } from './report.js';

const CUSTOMERS = '/tmf-api/customerManagement/v4/customer';

describe('doctor', () => {
  const clients: JioAssistClient[] = [];

  function setup(auth: AuthProvider = fakeAuth()) {
    const fake = new FakeGateway({ customers: [buildCustomer({ name: 'Meera Nair' })] });
    const client = createJioAssist({ gateway: fake.url, fetch: fake.fetch, auth });
    clients.push(client);
    return { fake, client, ask: () => client.doctor({ streamWait: 100 }) };
  }

  const check = ({ checks }: DoctorReport, id: DoctorCheckId) => {
    const found = checks.find((candidate) => candidate.id === id);
    return `${String(found?.status)}: ${String(found?.finding)} ${String(found?.advice)}`;
  };

  afterEach(() => {
    for (const client of clients.splice(0)) client.dispose();
  });

  it('finds nothing on a page where all is well', async () => {
    const { client } = setup();
    const progress: number[] = [];
    const report = await client.doctor({ streamWait: 1000, onProgress: (done) => progress.push(done) });
    const bad = report.checks.filter(({ status }) => status === 'failed');
    expect(bad).to.deep.equal([]);
    expect(check(report, 'scopes')).to.contain('ok: The agent may read');
    expect(check(report, 'live-stream')).to.contain('ok: The live stream opens');
    expect(check(report, 'versions')).to.contain(`SDK ${VERSION}, protocol 1, gateway 1.0.0`);
    expect(progress).to.deep.equal(DOCTOR_CHECKS.map((_, index) => index + 1));
  });

  it('names a gateway that is down, and looks at nothing that needs it', async () => {
    const { fake, ask } = setup();
    fake.goDown();
    const report = await ask();
    expect(report.status).to.equal('failed');
    expect(report.checks[0]?.id, 'what is wrong comes first').to.equal('gateway');
    expect(check(report, 'token')).to.contain('skipped');
  });

  it('names an origin that is not allowed, and what stands at a wrong address', async () => {
    const { fake, ask } = setup();
    fake.answer('/jioassist/v1/origin-check', () =>
      Response.json({ origin: 'https://crm.test', allowed: false }),
    );
    expect(check(await ask(), 'origin')).to.contain('Add https://crm.test to the gateway');
    fake.answer('/jioassist/v1/origin-check', () => new Response('<h1>hello</h1>'));
    expect(check(await ask(), 'gateway')).to.contain('is not a JioAssist gateway');
  });

  for (const [offset, expected] of [
    [0, 'ok'],
    [-12_000, 'warning'],
    [90_000, 'failed'],
  ] as const) {
    it(`judges a gateway clock that is ${offset / 1000} s away`, async () => {
      const { fake, ask } = setup();
      const date = new Date(Date.now() + offset).toUTCString();
      fake.answer('/health', () => Response.json({}, { headers: { date } }));
      expect(check(await ask(), 'clock')).to.match(new RegExp(`^${expected}:`));
    });
  }

  it('says so when the gateway hides its clock', async () => {
    const { fake, ask } = setup();
    fake.answer('/health', () => Response.json({ version: '2.0.0' }));
    expect(check(await ask(), 'clock')).to.contain('Access-Control-Expose-Headers: Date');
  });

  it('tells no token from a token that is not accepted', async () => {
    expect(check(await setup(fakeAuth('signed-out')).ask(), 'token')).to.contain('skipped: No agent');
    const failing: AuthProvider = {
      ...fakeAuth(),
      getToken: () => Promise.reject(new JioAssistError('auth/failed', 'no')),
    };
    expect(check(await setup(failing).ask(), 'token')).to.contain('No token can be had (auth/failed)');
    const { fake, ask } = setup();
    fake.answer(CUSTOMERS, () => new Response(null, { status: 401 }));
    expect(check(await ask(), 'token')).to.contain('does not accept the token');
  });

  it('names missing scopes, and an API that is not where it should be', async () => {
    const { fake, ask } = setup();
    fake.answer(CUSTOMERS, () => new Response(null, { status: 403 }));
    expect(check(await ask(), 'scopes')).to.contain('warning: The agent lacks customer:read');
    fake.answer(CUSTOMERS, () => new Response(null, { status: 404 }));
    expect(check(await ask(), 'scopes'))
      .to.contain('tmf629')
      .and.to.contain('status 404');
  });

  it('tells a stream that is held back from one that is none', async () => {
    const { fake, ask } = setup();
    const headers = { 'content-type': 'text/event-stream' };
    fake.answer('/events', () => new Response(new ReadableStream(), { headers }));
    expect(check(await ask(), 'live-stream'))
      .to.contain('brings nothing')
      .and.to.contain('buffering');
    fake.answer(
      '/events',
      () => new Response('<h1>hello</h1>', { headers: { 'content-type': 'text/html' } }),
    );
    expect(check(await ask(), 'live-stream')).to.contain('text/html');
    fake.answer('/events', () => new Response(null, { status: 403 }));
    expect(check(await ask(), 'live-stream')).to.contain('events:read');
  });

  it('names the directive of the page’s policy that blocks the gateway, and no other’s', async () => {
    const { fake, ask } = setup();
    const violate = (blockedURI: string, disposition: SecurityPolicyViolationEventDisposition) => {
      const init = { effectiveDirective: 'connect-src', violatedDirective: 'connect-src', statusCode: 200 };
      const rest = { documentURI: location.href, originalPolicy: '', blockedURI, disposition };
      document.dispatchEvent(
        new SecurityPolicyViolationEvent('securitypolicyviolation', { ...init, ...rest }),
      );
    };
    fake.answer('/health', () => {
      violate('https://elsewhere.test/', 'enforce');
      return Response.json({});
    });
    expect(check(await ask(), 'page-policy')).to.contain('ok:');
    fake.answer('/health', () => {
      violate(`${fake.url}/health`, 'report');
      return Response.json({});
    });
    expect(check(await ask(), 'page-policy'))
      .to.contain('warning:')
      .and.to.contain('only reported');
    fake.answer('/health', () => {
      violate(`${fake.url}/health`, 'enforce');
      return Response.json({});
    });
    expect(check(await ask(), 'page-policy')).to.contain(`Add ${fake.url} to connect-src`);
  });

  it('notices storage that is blocked', async () => {
    const { ask } = setup();
    indexedDB.open = () => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    };
    const report = await ask();
    // The method of the prototype shows again.
    Reflect.deleteProperty(indexedDB, 'open');
    expect(check(report, 'storage')).to.contain('warning: IndexedDB cannot be used (SecurityError)');
  });

  it('looks at the page alone when there is no client, and says why there is none', async () => {
    const problem = new JioAssistError('config/invalid-attribute', 'The attribute gateway is wrong.');
    const report = await examine(undefined, {}, problem);
    expect(check(report, 'client')).to.contain('The attribute gateway is wrong. (config/invalid-attribute)');
    expect(check(report, 'gateway')).to.contain('skipped');
    expect(report.checks).to.have.lengthOf(DOCTOR_CHECKS.length);
  });

  it('gives text to copy that holds no token, no agent and no customer', async () => {
    const { client, ask } = setup();
    client.customer.set({ customerId: 'C-1' });
    const text = (await ask()).toText();
    expect(text).to.contain(location.origin).and.to.contain('live-stream');
    expect(text).not.to.match(/test-token|asha|menon|meera|C-1\b/i);
  });

  it('stops when it is told to', async () => {
    const { client } = setup();
    const ending = new AbortController();
    const asked = client.doctor({ signal: ending.signal });
    ending.abort();
    const outcome = await asked.then(
      () => 'done',
      (cause: unknown) => (cause as Error).name,
    );
    expect(outcome).to.equal('AbortError');
  });
});
