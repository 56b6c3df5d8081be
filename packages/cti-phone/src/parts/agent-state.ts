import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { agentStateName } from '../cti-phone.strings.js';
import { AGENT_WISHES, type AgentWish } from '../model/index.ts';
import { durationSince, type PhoneUi } from '../phone-ui.js';

const SEPARATOR = ' ';

/** How the agent stands in the queue, and a way to change it; during a call it says what comes after. */
export function agentState(ui: PhoneUi): TemplateResult | typeof nothing {
  const { snapshot, capabilities } = ui.state;
  const { agent, pending } = snapshot;
  if (!capabilities?.hasAgentState) return nothing;
  const isWaiting = pending.some(({ command }) => command.name === 'agent');
  const current = `${agent.state}${SEPARATOR}${agent.reason ?? ''}`;
  const wishes = wishesOf(ui.reasons);
  const isWish = wishes.some(([value]) => value === current);
  return html`<div class="agent ${agent.state}" part="agent">
    <select
      part="agent-state"
      aria-label=${msg('Your state')}
      aria-busy=${isWaiting}
      .value=${live(current)}
      @change=${(event: Event) => {
        const select = event.currentTarget as HTMLSelectElement;
        const [wish = '', reason = ''] = select.value.split(SEPARATOR, 2);
        const rest = select.value.slice(wish.length + 1);
        select.value = current;
        if (wish in WISHES)
          void ui.model.run({
            name: 'agent',
            wish: wish as AgentWish,
            ...(reason !== '' && { reason: rest }),
          });
      }}
    >
      ${isWish ? nothing : html`<option value=${current} selected>${nameOf(agent.state, agent.reason)}</option>`}
      ${wishes.map(
        ([value, label]) => html`<option value=${value} ?selected=${value === current}>${label}</option>`,
      )}
    </select>
    <span class="timer">${durationSince(agent.since, ui.now)}</span>
    ${
      agent.next === undefined || agent.next === agent.state
        ? nothing
        : html`<span class="flag" part="next">${msg(str`then: ${agentStateName(agent.next)}`)}</span>`
    }
  </div>`;
}

const WISHES: Readonly<Record<AgentWish, true>> = { ready: true, notReady: true, loggedOut: true };

function wishesOf(reasons: readonly string[]): (readonly [string, string])[] {
  return AGENT_WISHES.flatMap((wish) => {
    const given = wish === 'notReady' ? ['', ...reasons] : [''];
    return given.map((reason) => [`${wish}${SEPARATOR}${reason}`, nameOf(wish, reason)] as const);
  });
}

const nameOf = (state: Parameters<typeof agentStateName>[0], reason: string | undefined): string =>
  reason ? `${agentStateName(state)}: ${reason}` : agentStateName(state);
