import { expect, oneEvent, waitUntil } from '@open-wc/testing';
import type { Step } from './providers/simulator/index.ts';
import {
  answered,
  becomes,
  clearHouse,
  field,
  interactions,
  openHouse,
  over,
  part,
  PATIENT,
  press,
  reasons,
  RING,
  ringing,
  root,
  setUp,
  shows,
  text,
  type,
} from './testing/stage.js';

describe('<jio-cti-phone> with the customer', () => {
  beforeEach(openHouse);
  afterEach(clearHouse);

  describe('an incoming call', () => {
    it('says who calls and why before it is answered, and opens the record', async () => {
      const { element, client } = await ringing({
        prepare: (gateway) => {
          gateway.answer('/tmf-api/troubleTicket/v4/troubleTicket', () =>
            Response.json([{ id: 'TT-7', name: 'Line drops', status: 'inProgress' }]),
          );
        },
      });
      for (const words of ['Meera Nair', 'No internet', 'Fibre support', 'Outage in Pune', 'Line drops'])
        await shows(element, words);
      expect(client.customer.state.value).to.include({ customerId: 'C-1', reason: 'screen-pop' });
      expect(text(element), 'the number is not shown in full').not.to.contain('9774853323');
    });

    it('keeps widgets quiet while it rings, and is told once', async () => {
      const { element, client } = await ringing();
      expect(client.quiet.value).to.equal(true);
      await shows(element, 'Incoming call: Meera Nair. No internet');
      expect(root(element).querySelector('.base > [role=alert]')?.textContent).to.contain('Meera Nair');
      await press(element, 'answer');
      await becomes(element, 'in-call');
      expect(client.quiet.value).to.equal(false);
    });

    it('leaves the record alone when the page vetoes, and offers it', async () => {
      const stage = await setUp();
      await becomes(stage.element, 'ready');
      stage.element.addEventListener('jio-screen-pop-request', (event) => {
        event.preventDefault();
      });
      stage.telephone.play(RING);
      await shows(stage.element, 'Open this customer');
      expect(stage.client.customer.state.value.customerId).to.equal(null);
    });

    it('never opens a record over work that is not saved', async () => {
      const stage = await setUp({ customers: ['Meera Nair'] });
      await becomes(stage.element, 'ready');
      stage.client.customer.set({ customerId: 'C-9' });
      await stage.client.drafts.keep('ticket', 'half written');
      stage.telephone.play(RING);
      await shows(stage.element, 'Open this customer');
      expect(stage.client.customer.state.value.customerId).to.equal('C-9');
      await shows(stage.element, 'Outage in Pune');
      await press(stage.element, 'open-customer');
      expect(stage.client.customer.state.value.customerId).to.equal('C-1');
    });

    it('asks which of several it is', async () => {
      const { element, client } = await ringing({ customers: ['Meera Nair', 'Arjun Nair'] });
      await shows(element, 'Who is it?');
      await expect(element).to.be.accessible();
      root(element).querySelectorAll<HTMLElement>('[part=match]')[1]?.click();
      await shows(element, 'Arjun Nair');
      expect(client.customer.state.value.customerId).to.equal('C-2');
    });

    it('offers a search and a lead when nobody has the number', async () => {
      const { element, gateway } = await ringing({
        prepare: (fake) => {
          fake.answer('/jioassist/v1/customerSearch', () => Response.json([]));
        },
      });
      await shows(element, 'No customer has this number.');
      await expect(element).to.be.accessible();
      await press(element, 'new-lead');
      await waitUntil(
        () => gateway.changes.some(({ path }) => path.endsWith('/salesLead')),
        'a lead',
        PATIENT,
      );
      gateway.answerAsUsual();
      type(root(element).querySelector('[name=text]'), 'meera@example.com');
      root(element).querySelector<HTMLFormElement>('form')?.requestSubmit();
      await shows(element, 'Meera Nair');
    });

    it('says that the customer could not be looked up, and looks again', async () => {
      const { element, gateway } = await ringing({
        prepare: (fake) => {
          fake.answer('/jioassist/v1/customerSearch', () =>
            Response.json({ code: 'x', reason: 'x' }, { status: 400 }),
          );
        },
      });
      await shows(element, 'could not be looked up');
      gateway.answerAsUsual();
      await press(element, 'look-again');
      await shows(element, 'Meera Nair');
    });

    it('goes when the caller leaves, without an interaction', async () => {
      const { element, telephone, gateway } = await ringing();
      telephone.play({ do: 'leave' });
      await becomes(element, 'ready');
      expect(interactions(gateway)).to.deep.equal([]);
    });
  });

  describe('a call', () => {
    it('is written down as one interaction with all that happened', async () => {
      const { element, gateway, client } = await answered();
      await press(element, 'hold');
      await waitUntil(() => part(element, 'retrieve'), 'held', PATIENT);
      await press(element, 'retrieve');
      await waitUntil(() => part(element, 'hold'), 'retrieved', PATIENT);
      await client.commands.submit({
        api: 'tmf653',
        method: 'POST',
        path: '/serviceTest',
        lane: 'serviceTest SVC-1',
        body: { name: 'Line test' },
      });
      await waitUntil(() => reasons(gateway)?.includes('Service test'), 'the test is noted', PATIENT);
      type(field(element, 'note'), 'Router restarted');
      await press(element, 'hangUp');
      await becomes(element, 'wrap-up');
      expect(part(element, 'finish')?.ariaDisabled, 'needs what came of it').to.equal('true');
      type(field(element, 'disposition'), 'solved');
      await waitUntil(() => part(element, 'finish')?.ariaDisabled === 'false', 'can be ended', PATIENT);
      await press(element, 'finish');
      await becomes(element, 'ready');
      await waitUntil(() => interactions(gateway)[0]?.status === 'completed', 'closed', PATIENT);
      const [interaction, ...others] = interactions(gateway);
      expect(others).to.deep.equal([]);
      expect(reasons(gateway)).to.deep.equal([
        'Call answered',
        'Call held',
        'Call retrieved',
        'Service test',
        'Wrap-up',
      ]);
      expect(interaction?.interactionItem.at(-1)?.resolution).to.equal('solved');
      expect(interaction?.note.map((note) => note.text)).to.deep.equal(['Router restarted']);
      expect(interaction?.relatedParty.map(({ role }) => role)).to.deep.equal(['agent', 'customer']);
    });

    it('shows only what can be done, and sends tones', async () => {
      const { element } = await answered();
      const shown = () =>
        [...root(element).querySelectorAll('[part~=call] .buttons [part]')].map((button) =>
          button.getAttribute('part')?.replace('command ', ''),
        );
      expect(shown()).to.deep.equal(['hold', 'mute', 'keypad', 'transfer', 'startRecording', 'hangUp']);
      await press(element, 'keypad');
      await waitUntil(() => part(element, 'keypad-keys'), 'keys', PATIENT);
      await expect(element).to.be.accessible();
      const done = oneEvent(element, 'jio-call-command');
      part(element, 'keypad-keys')?.querySelector('button')?.click();
      expect((await done).detail).to.include({ command: 'sendDtmf' });
      await press(element, 'mute');
      await shows(element, 'Muted');
    });

    it('asks a colleague first, swaps, and joins all', async () => {
      const { element, gateway } = await answered();
      element.directory = [
        { number: '7002', name: 'Ravi Kumar', presence: 'Ready' },
        { number: '8100', name: 'Billing', kind: 'queue' },
      ];
      await press(element, 'transfer');
      await shows(element, 'Ravi Kumar');
      await shows(element, 'Billing');
      await expect(element).to.be.accessible();
      type(field(element, 'destination'), 'ravi');
      await waitUntil(() => !text(element).includes('Billing'), 'only Ravi', PATIENT);
      root(element).querySelector<HTMLElement>('[aria-label="Ask first: Ravi Kumar"]')?.click();
      await press(element, 'swap');
      await waitUntil(() => root(element).querySelector('[part~=call].connected'), 'swapped', PATIENT);
      await expect(element).to.be.accessible();
      await press(element, 'completeConference');
      await shows(element, 'Conference');
      await shows(element, '7002');
      await waitUntil(() => reasons(gateway)?.includes('Conference'), 'noted', PATIENT);
      expect(reasons(gateway)?.filter((reason) => reason === 'Colleague asked')).to.have.length(1);
    });

    it('is put through', async () => {
      const { element, gateway } = await answered();
      await press(element, 'transfer');
      type(field(element, 'destination'), '7002');
      await waitUntil(
        () => root(element).querySelector('[aria-label="Transfer now: 7002"]'),
        'typed',
        PATIENT,
      );
      root(element).querySelector<HTMLElement>('[aria-label="Transfer now: 7002"]')?.click();
      await becomes(element, 'wrap-up');
      await shows(element, 'Transferred');
      await waitUntil(() => reasons(gateway)?.includes('Transferred'), 'noted', PATIENT);
    });

    it('can be two: the second does not switch the record while the first is open', async () => {
      const { element, telephone, client } = await answered({ customers: ['Meera Nair'] });
      telephone.play({ ...RING, number: '+919248422125', attachedData: { CustomerId: 'C-1' } } as Step);
      await becomes(element, 'alerting');
      expect(root(element).querySelectorAll('.card')).to.have.length(2);
      await expect(element).to.be.accessible();
      await press(element, 'answer');
      await waitUntil(() => root(element).querySelector('.card.held'), 'the first is held', PATIENT);
      expect(client.customer.state.value.customerId).to.equal('C-1');
    });

    it('is there again after a reload, with its note, and is still one interaction', async () => {
      const before = await answered();
      await press(before.element, 'hold');
      await waitUntil(() => reasons(before.gateway)?.includes('Call held'), 'noted', PATIENT);
      type(field(before.element, 'note'), 'Half a sentence');
      await waitUntil(() => Object.keys(before.client.drafts.state.value.drafts).length > 0, 'kept', PATIENT);
      // The record stays open over a reload, as the page's address does.
      before.element.closest('jio-assist')?.remove();
      before.client.dispose();
      const { element, gateway, client } = await setUp({ before });
      client.customer.set({ customerId: 'C-1' });
      await becomes(element, 'in-call');
      await waitUntil(() => field(element, 'note')?.value === 'Half a sentence', 'the note is back', PATIENT);
      await press(element, 'retrieve');
      await press(element, 'hangUp');
      await becomes(element, 'wrap-up');
      type(field(element, 'disposition'), 'solved');
      await waitUntil(() => part(element, 'finish')?.ariaDisabled === 'false', 'can be ended', PATIENT);
      await press(element, 'finish');
      await waitUntil(() => interactions(gateway)[0]?.status === 'completed', 'closed', PATIENT);
      expect(interactions(gateway)).to.have.length(1);
      expect(reasons(gateway)).to.deep.equal(['Call answered', 'Call held', 'Call retrieved', 'Wrap-up']);
      expect(interactions(gateway)[0]?.note.map((note) => note.text)).to.deep.equal(['Half a sentence']);
    });

    it('goes on while the telephone system cannot be reached', async () => {
      const { element, telephone } = await answered();
      type(field(element, 'note'), 'Half a sentence');
      telephone.play({ do: 'loseConnection', forMs: 20_000 });
      await shows(element, 'cannot be reached');
      await waitUntil(() => !text(element).includes('cannot be reached'), 'back', PATIENT);
      expect(field(element, 'note')?.value).to.equal('Half a sentence');
    });

    it('is written down though the gateway is away from the first ring to the end', async () => {
      const { element, gateway } = await answered();
      await waitUntil(() => interactions(gateway).length === 1, 'opened', PATIENT);
      gateway.goDown();
      await press(element, 'hold');
      await press(element, 'retrieve');
      await press(element, 'hangUp');
      await becomes(element, 'wrap-up');
      type(field(element, 'disposition'), 'solved');
      await waitUntil(() => part(element, 'finish')?.ariaDisabled === 'false', 'can be ended', PATIENT);
      await press(element, 'finish');
      await becomes(element, 'ready');
      gateway.comeBack();
      await waitUntil(() => interactions(gateway)[0]?.status === 'completed', 'sent', { timeout: 9_000 });
      expect(reasons(gateway)).to.deep.equal(['Call answered', 'Call held', 'Call retrieved', 'Wrap-up']);
    });

    it('says why a command was not done', async () => {
      const { element, telephone } = await answered();
      telephone.play({ do: 'refuseNext' });
      await press(element, 'hold');
      await shows(element, 'The telephone system refused.');
    });

    it('tells the page what happens, without anything personal', async () => {
      const stage = await setUp();
      const told: [string, unknown][] = [];
      for (const name of ['alerting', 'answered', 'ended', 'closed'] as const)
        document.addEventListener(
          `jio-call-${name}`,
          (event) => told.push([name, (event as CustomEvent<unknown>).detail]),
          { once: true },
        );
      await becomes(stage.element, 'ready');
      stage.telephone.play(RING);
      await press(stage.element, 'answer');
      await press(stage.element, 'hangUp');
      await waitUntil(() => told.length === 3, 'ended', PATIENT);
      expect(told.map(([name]) => name)).to.deep.equal(['alerting', 'answered', 'ended']);
      expect(told[2]?.[1]).to.deep.include({ customerId: 'C-1', direction: 'inbound', endReason: 'hungUp' });
      expect(JSON.stringify(told)).not.to.match(/9774853323|Meera|internet/);
    });
  });

  describe('after a call', () => {
    it('closes by itself, but never over a note that is not saved', async () => {
      const { element, gateway } = await answered();
      element.wrapUpSeconds = 0.3;
      type(field(element, 'note'), 'Not saved');
      await press(element, 'hangUp');
      await becomes(element, 'wrap-up');
      type(field(element, 'disposition'), 'later');
      await waitUntil(() => !part(element, 'countdown'), 'the countdown is over', PATIENT);
      expect(element.dataset['state'], 'it waits').to.equal('wrap-up');
      await press(element, 'save-note');
      await waitUntil(() => interactions(gateway)[0]?.note.length === 1, 'saved', PATIENT);
      await press(element, 'finish');
      await becomes(element, 'ready');
      await waitUntil(() => interactions(gateway)[0]?.status === 'completed', 'closed', PATIENT);
      expect(interactions(gateway)[0]?.note.map((note) => note.text)).to.deep.equal(['Not saved']);
    });

    it('does not close when the agent stays', async () => {
      const { element } = await answered();
      element.wrapUpSeconds = 60;
      await press(element, 'hangUp');
      await press(element, 'stay');
      await waitUntil(() => !part(element, 'countdown'), 'no countdown', PATIENT);
    });

    it('is in the history, to be called back', async () => {
      const { element } = await over();
      type(field(element, 'disposition'), 'solved');
      await waitUntil(() => part(element, 'finish')?.ariaDisabled === 'false', 'can be ended', PATIENT);
      await press(element, 'finish');
      await becomes(element, 'ready');
      await press(element, 'call-back');
      await becomes(element, 'in-call');
    });
  });
});
