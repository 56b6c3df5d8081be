import { expect } from '@open-wc/testing';
import { hostToken } from './auth/host-token.js';
import { createJioAssist, type JioAssistClient } from './client.js';
import { numberVariants } from './customer/number-variants.js';
import { toE164 } from './customer/phone-number.js';
import { setDefaultClient } from './default-client.js';
import { isJioAssistError } from './errors.js';
import { fakeAuth, FakeGateway } from './testing/index.js';

/** What a page in plain JavaScript may pass where something else is expected, by name. */
const VALUES: Readonly<Record<string, unknown>> = {
  undefined: undefined,
  null: null,
  zero: 0,
  NaN: NaN,
  true: true,
  'an empty text': '',
  'a text': '*',
  'a list': [],
  'an object': {},
  'a symbol': Symbol('x'),
  'a function': () => undefined,
};

interface Case {
  /** The argument that is wrong. */
  readonly argument: string;
  readonly call: (value: never, client: JioAssistClient) => unknown;
  /** Values that are right after all. */
  readonly right?: readonly (keyof typeof VALUES)[];
}

const gateway = 'https://gateway.test';
const base = { gateway, auth: fakeAuth('signed-out') };
const made: JioAssistClient[] = [];
const make = (config: Parameters<typeof createJioAssist>[0]): number => made.push(createJioAssist(config));
const nothing = (): void => undefined;

const CASES: Readonly<Record<string, Case>> = {
  'createJioAssist()': { argument: 'config|gateway', call: (value) => make(value) },
  'createJioAssist({ gateway })': { argument: 'gateway', call: (value) => make({ ...base, gateway: value }) },
  'createJioAssist({ clientId })': {
    argument: 'clientId',
    call: (value) => make({ gateway, clientId: value }),
    right: ['a text'],
  },
  'createJioAssist({ auth })': {
    argument: 'auth',
    call: (value) => make({ gateway, clientId: 'crm', auth: value }),
    right: ['undefined'],
  },
  'createJioAssist({ scope })': {
    argument: 'scope',
    call: (value) => make({ ...base, scope: value }),
    right: ['undefined', 'null', 'an empty text', 'a text'],
  },
  'createJioAssist({ signIn })': {
    argument: 'signIn',
    call: (value) => make({ ...base, signIn: value }),
    right: ['undefined'],
  },
  'createJioAssist({ apis })': {
    argument: 'apis',
    call: (value) => make({ ...base, apis: value }),
    right: ['undefined', 'a list', 'an object'],
  },
  'createJioAssist({ apis: { tmf629 } })': {
    argument: 'apis.tmf629',
    call: (value) => make({ ...base, apis: { tmf629: value } }),
    right: ['undefined', 'null'],
  },
  'createJioAssist({ timeout })': {
    argument: 'timeout',
    call: (value) => make({ ...base, timeout: value }),
    right: ['undefined'],
  },
  'createJioAssist({ fetch })': {
    argument: 'fetch',
    call: (value) => make({ ...base, fetch: value }),
    right: ['undefined', 'a function'],
  },
  'createJioAssist({ telemetry })': {
    argument: 'telemetry',
    call: (value) => make({ ...base, telemetry: value }),
    right: ['undefined', 'a function'],
  },
  'setDefaultClient()': {
    argument: 'client',
    call: (value) => {
      setDefaultClient(value);
    },
    right: ['undefined'],
  },
  'hostToken()': { argument: 'getToken', call: (value) => hostToken(value), right: ['a function'] },
  'toE164()': {
    argument: '',
    call: (value) => expect(toE164(value)).to.equal(undefined),
    right: Object.keys(VALUES),
  },
  'numberVariants()': { argument: 'e164', call: (value) => numberVariants(value), right: ['a text'] },
  'customer.set()': {
    argument: 'selection|customerId',
    call: (value, { customer }) => {
      customer.set(value);
    },
  },
  'customer.set({ customerId })': {
    argument: 'customerId',
    call: (value, { customer }) => {
      customer.set({ customerId: value });
    },
    right: ['a text'],
  },
  'customer.set({ msisdn })': {
    argument: 'msisdn|customerId',
    call: (value, { customer }) => {
      customer.set({ msisdn: value });
    },
  },
  'customer.set({ email })': {
    argument: 'email|customerId',
    call: (value, { customer }) => {
      customer.set({ email: value });
    },
  },
  'customer.set({ accountId })': {
    argument: 'accountId|customerId',
    call: (value, { customer }) => {
      customer.set({ accountId: value });
    },
    right: ['a text'],
  },
  'customer.set({ reason })': {
    argument: 'reason',
    call: (value, { customer }) => {
      customer.set({ customerId: 'C-1', reason: value });
    },
    right: ['undefined', 'an empty text', 'a text'],
  },
  'customer.prefetch()': {
    argument: 'key|customerId',
    call: (value, { customer }) => customer.prefetch(value),
  },
  'customer.choose()': {
    argument: 'customerId',
    call: (value, { customer }) => {
      customer.choose(value);
    },
  },
  'customer.clear()': {
    argument: 'reason',
    call: (value, { customer }) => {
      customer.clear(value);
    },
    right: ['undefined', 'an empty text', 'a text'],
  },
  'customer.beforeSwitch()': {
    argument: 'guard',
    call: (value, { customer }) => {
      customer.beforeSwitch(value)();
    },
    right: ['a function'],
  },
  'customer.watch()': { argument: 'names', call: (value, { customer }) => customer.watch(value) },
  'customer.refresh()': {
    argument: 'part',
    call: (value, { customer }) => customer.refresh(value),
    right: ['undefined'],
  },
  'state.subscribe()': {
    argument: 'listener',
    call: (value, { customer }) => {
      customer.state.subscribe(value)();
    },
    right: ['a function'],
  },
  'events.subscribe(topic)': {
    argument: 'topic',
    call: (value, { events }) => {
      events.subscribe(value, nothing)();
    },
    right: ['a text'],
  },
  'events.subscribe(…, listener)': {
    argument: 'listener',
    call: (value, { events }) => {
      events.subscribe('service', value)();
    },
    right: ['a function'],
  },
  'events.onGap()': {
    argument: 'listener',
    call: (value, { events }) => {
      events.onGap(value)();
    },
    right: ['a function'],
  },
  'commands.submit()': { argument: 'api', call: (value, { commands }) => commands.submit(value) },
  'commands.settled()': { argument: 'id', call: (value, { commands }) => commands.settled(value) },
  'commands.dismiss()': { argument: 'id', call: (value, { commands }) => commands.dismiss(value) },
  'commands.resubmit()': { argument: 'id', call: (value, { commands }) => commands.resubmit(value) },
  'drafts.keep(name)': {
    argument: 'name',
    call: (value, { drafts }) => drafts.keep(value, 1),
    right: ['a text'],
  },
  'drafts.keep(…, value)': {
    argument: 'value',
    call: (value, { drafts }) => drafts.keep('note', value),
    right: ['null', 'zero', 'NaN', 'true', 'an empty text', 'a text', 'a list', 'an object'],
  },
  'drafts.keep(…, customerId)': {
    argument: 'customerId',
    call: (value, { drafts }) => drafts.keep('note', 1, value),
    right: ['undefined', 'null', 'a text'],
  },
  'drafts.drop(name)': {
    argument: 'name',
    call: (value, { drafts }) => drafts.drop(value),
    right: ['a text'],
  },
  'errors.report()': {
    argument: 'error',
    call: (value, { errors }) => {
      errors.report(value);
    },
  },
  'doctor()': {
    argument: 'options',
    call: (value, client) => client.doctor(value),
    right: ['undefined', 'a list', 'an object', 'a function'],
  },
};

describe('Arguments of wrong types', () => {
  let client: JioAssistClient;

  before(() => {
    const fake = new FakeGateway();
    client = createJioAssist({
      gateway,
      fetch: fake.fetch,
      auth: fakeAuth('signed-in', undefined, 'wrong-types'),
    });
  });

  after(() => {
    for (const each of [client, ...made]) each.dispose();
  });

  for (const [name, { argument, call, right = [] }] of Object.entries(CASES)) {
    it(`${name} names ${argument || 'nothing'}`, async () => {
      for (const [kind, value] of Object.entries(VALUES)) {
        if (name === 'doctor()' && right.includes(kind)) continue;
        const said = await new Promise((resolve) => {
          resolve(call(value as never, client));
        }).then(
          () => undefined,
          (error: unknown) => (isJioAssistError(error) ? error : Promise.reject(error as Error)),
        );
        if (right.includes(kind)) {
          expect(said, kind).to.equal(undefined);
          continue;
        }
        expect(said?.code, kind).to.equal('config/invalid-argument');
        expect(argument.split('|'), kind).to.include(said?.details['argument']);
      }
    });
  }
});
