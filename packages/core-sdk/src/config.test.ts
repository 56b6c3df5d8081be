import { expect } from '@open-wc/testing';
import { createJioAssist } from './client.js';
import { resolveConfig, type JioAssistConfig } from './config.js';
import { JioAssistError } from './errors.js';

const refused = (config: unknown): JioAssistError => {
  try {
    resolveConfig(config as JioAssistConfig);
  } catch (error) {
    return error as JioAssistError;
  }
  throw new Error('The configuration was accepted.');
};

describe('createJioAssist configuration', () => {
  it('fills in the paths of the TM Forum APIs', () => {
    const { apis } = resolveConfig({ gateway: 'https://assist.example/', clientId: 'crm' });
    expect(apis).to.include({
      tmf629: 'https://assist.example/tmf-api/customerManagement/v4',
      tmf638: 'https://assist.example/tmf-api/serviceInventory/v4',
      jioassist: 'https://assist.example/jioassist/v1',
    });
  });

  it('takes a base URL for a single API', () => {
    const { apis } = resolveConfig({
      gateway: 'https://assist.example',
      clientId: 'crm',
      apis: { tmf629: 'https://bss.example/customer/v4/' },
    });
    expect(apis.tmf629).to.equal('https://bss.example/customer/v4');
    expect(apis.tmf638).to.equal('https://assist.example/tmf-api/serviceInventory/v4');
  });

  const wrong: [string, unknown, string][] = [
    ['no gateway', { clientId: 'crm' }, 'gateway'],
    ['an empty gateway', { gateway: '', clientId: 'crm' }, 'gateway'],
    ['a gateway that is no URL', { gateway: 'assist', clientId: 'crm' }, 'gateway'],
    ['a script as gateway', { gateway: 'javascript:alert(1)', clientId: 'crm' }, 'gateway'],
    ['credentials in the gateway', { gateway: 'https://a:b@assist.example', clientId: 'crm' }, 'gateway'],
    ['a query in the gateway', { gateway: 'https://assist.example?x=1', clientId: 'crm' }, 'gateway'],
    ['a number as gateway', { gateway: 7, clientId: 'crm' }, 'gateway'],
    ['no client id and no auth', { gateway: 'https://assist.example' }, 'clientId'],
    [
      'a way to sign in that is none',
      { gateway: 'https://assist.example', clientId: 'crm', signIn: 'frame' },
      'signIn',
    ],
    ['a timeout of zero', { gateway: 'https://assist.example', clientId: 'crm', timeout: 0 }, 'timeout'],
    [
      'a timeout that is no number',
      { gateway: 'https://assist.example', clientId: 'crm', timeout: NaN },
      'timeout',
    ],
    [
      'a wrong API address',
      { gateway: 'https://a.example', clientId: 'crm', apis: { tmf638: 'x' } },
      'apis.tmf638',
    ],
  ];
  for (const [name, config, argument] of wrong) {
    it(`refuses ${name} and names the argument`, () => {
      const error = refused(config);
      expect(error.code).to.equal('config/invalid-argument');
      expect(error.details['argument']).to.equal(argument);
    });
  }

  it('throws the same from createJioAssist', () => {
    expect(() => createJioAssist({ gateway: 'nowhere', clientId: 'crm' })).to.throw(
      JioAssistError,
      /gateway/,
    );
  });
});
