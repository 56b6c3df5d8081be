import { elementTests, fakeAuth } from '@jioassist/core-sdk/testing';
import { useLanguage } from '@jioassist/core-sdk/lit';
import { expect, waitUntil } from '@open-wc/testing';
import type { JioCtiPhone } from './index.js';
import {
  answered,
  becomes,
  clearHouse,
  field,
  openHouse,
  over,
  part,
  PATIENT,
  press,
  RING,
  ringing,
  root,
  scripted,
  setUp,
  shows,
  type,
} from './testing/stage.js';

describe('<jio-cti-phone>', () => {
  beforeEach(openHouse);
  afterEach(clearHouse);

  describe('states', () => {
    const table = {
      states: {
        'signed-out': () => setUp({ auth: fakeAuth('signed-out') }),
        'no-system': () => setUp({ provider: undefined }),
        ready: () => setUp(),
        alerting: () => ringing(),
        'in-call': () => answered(),
        'wrap-up': () => over(),
        connecting: () => setUp({ provider: { ...scripted().provider, start: () => undefined } }),
        offline: async () => {
          const stage = await setUp();
          await becomes(stage.element, 'ready');
          stage.telephone.play({ do: 'loseConnection', forMs: 1_000_000 });
          return stage;
        },
        superseded: async () => {
          const { provider, tell } = scripted();
          const stage = await setUp({ provider });
          await becomes(stage.element, 'ready');
          tell({ type: 'connection', connection: { state: 'superseded' } });
          return stage;
        },
        error: async () => {
          const { provider, tell } = scripted();
          const stage = await setUp({ provider });
          await becomes(stage.element, 'ready');
          tell({ type: 'connection', connection: { state: 'fatal', problem: 'no licence' } });
          return stage;
        },
      },
      main: 'no-system',
      other: 'signed-out',
      withoutClient: 'error',
      accessible: async (element: HTMLElement) => {
        await expect(element).to.be.accessible();
      },
      useLanguage,
    };
    for (const { name, run } of elementTests('jio-cti-phone', table)) it(name, run);
  });

  describe('dialling', () => {
    const dial = async (element: JioCtiPhone, number: string) => {
      await waitUntil(() => part(element, 'number'), 'a field', PATIENT);
      type(field(element, 'number'), number);
      part(element, 'number')?.closest('form')?.requestSubmit();
    };

    it('refuses emergency numbers, by configuration', async () => {
      const { element } = await setUp();
      await becomes(element, 'ready');
      await dial(element, '112');
      await shows(element, 'Emergency numbers cannot be called');
      element.emergencyNumbers = '';
      await dial(element, '112');
      await becomes(element, 'in-call');
    });

    it('asks before it calls somebody who does not want to be called', async () => {
      const { element } = await setUp({
        prepare: (gateway) => {
          gateway.answer('/tmf-api/privacyManagement/v4/partyPrivacyProfile', () =>
            Response.json([
              { id: 'PPP-1', partyPrivacyProfileCharacteristic: [{ name: 'offersByPhone', value: false }] },
            ]),
          );
        },
      });
      await becomes(element, 'ready');
      await dial(element, '97748 53323');
      await shows(element, 'does not want to be called');
      await expect(element).to.be.accessible();
      expect(element.dataset['state']).to.equal('ready');
      part(element, 'question')?.querySelector('button')?.click();
      await becomes(element, 'in-call');
    });

    it('follows links of the page only when it may', async () => {
      const { element } = await setUp();
      await becomes(element, 'ready');
      const link = document.createElement('a');
      link.href = 'tel:+91-97748-53323';
      document.body.append(link);
      const stay = (event: Event) => {
        if (!event.defaultPrevented) event.preventDefault();
        else taken += 1;
      };
      let taken = 0;
      try {
        addEventListener('click', stay);
        link.click();
        expect(taken, 'not asked to').to.equal(0);
        removeEventListener('click', stay);
        element.clickToDial = true;
        await element.updateComplete;
        addEventListener('click', stay);
        link.click();
        expect(taken).to.equal(1);
        await becomes(element, 'in-call');
      } finally {
        removeEventListener('click', stay);
        link.remove();
      }
    });
  });

  describe('keys', () => {
    const key = (target: EventTarget, letter: string) =>
      target.dispatchEvent(
        new KeyboardEvent('keydown', {
          key: letter,
          code: `Key${letter}`,
          altKey: true,
          shiftKey: true,
          bubbles: true,
          composed: true,
          cancelable: true,
        }),
      );

    it('answer, hold and hang up, but not while the agent types', async () => {
      const { element } = await ringing();
      const field = document.createElement('input');
      document.body.append(field);
      expect(key(field, 'A'), 'left alone').to.equal(true);
      field.remove();
      expect(key(document.body, 'A'), 'taken').to.equal(false);
      await becomes(element, 'in-call');
      key(document.body, 'H');
      await waitUntil(() => part(element, 'retrieve'), 'held', PATIENT);
      element.shortcuts = {};
      await element.updateComplete;
      expect(key(document.body, 'X'), 'switched off').to.equal(true);
    });
  });

  describe('the agent', () => {
    it('changes state with a reason, and during a call says what comes after', async () => {
      const stage = await setUp();
      const { element } = stage;
      element.reasons = ['Lunch', 'Team meeting'];
      await becomes(element, 'ready');
      type(field(element, 'agent-state'), 'notReady Team meeting');
      await waitUntil(
        () => field(element, 'agent-state')?.value === 'notReady Team meeting',
        'not ready',
        PATIENT,
      );
      stage.telephone.play(RING);
      await press(element, 'answer');
      await becomes(element, 'in-call');
      type(field(element, 'agent-state'), 'loggedOut ');
      await shows(element, 'then: Logged out');
    });
  });

  describe('a telephone system that is not well', () => {
    it('can say anything of a call: it is shown sanely, and the phone can be used', async () => {
      const { provider, tell, commands } = scripted();
      const { element } = await setUp({ provider });
      await becomes(element, 'ready');
      const huge = [{ key: 'Blob', type: 'str', value: 'x'.repeat(1_000_000) }];
      const nested = [{ key: 'A', type: 'kvlist', value: [{ key: 'Reason', type: 'kvlist', value: huge }] }];
      tell({
        type: 'call',
        callId: '1',
        event: 'ringing',
        facts: {
          name: '<img src=x onerror=alert(1)>\u202egnp.exe',
          number: 42,
          attachedData: [...huge, ...nested, { key: 'Reason', value: '<b>bold</b>' }],
          capabilities: ['answer', 'fly', null, 'answer'],
          participants: 'nobody',
        },
      });
      await becomes(element, 'alerting');
      await shows(element, '<img src=x onerror=alert(1)>gnp.exe');
      await shows(element, '<b>bold</b>');
      expect(root(element).querySelector('img, b')).to.equal(null);
      tell({ type: 'call', callId: '1', event: 'flying' as 'ended' });
      tell({ type: 'call', callId: '2', event: 'ended' });
      tell({ type: 'call', callId: '1', event: 'ringing' });
      await press(element, 'answer');
      expect(commands, 'asked once, though it never answers').to.deep.equal(['answer']);
      await waitUntil(() => part(element, 'answer')?.ariaDisabled === 'true', 'it waits', PATIENT);
      tell({ type: 'call', callId: '1', event: 'connected', facts: { capabilities: ['hangUp'] } });
      tell({ type: 'call', callId: '1', event: 'connected' });
      tell({ type: 'call', callId: '1', event: 'ringing' });
      await becomes(element, 'in-call');
    });
  });
});
