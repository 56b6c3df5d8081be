import { within } from '../abort.js';
import { checkFunction } from '../arguments.js';
import { JioAssistError } from '../errors.js';
import { State } from '../observable.js';
import type { AccessToken, Agent, AuthProvider, AuthState, TokenRequest } from './auth-provider.js';

/** A token of the host, and for whom it is: with another agent, nothing of the one before stays. */
export interface HostToken extends AccessToken {
  readonly agent?: Agent;
}

/** @group Sign-in */
export interface HostTokenOptions {
  /** Milliseconds before the callback is given up. Default: 10,000. */
  readonly timeout?: number;
}

/**
 * Sign-in is the host's: `getToken` is its callback. It is asked again when the token it gave was refused,
 * and a second refusal in a row means signed out. A callback that does not answer in time is a `network/timeout`.
 *
 * @example
 * createJioAssist({ gateway, auth: hostToken(async () => crm.session.assistToken()) });
 * @group Sign-in
 */
export function hostToken(
  getToken: (request: TokenRequest) => Promise<HostToken>,
  { timeout = 10_000 }: HostTokenOptions = {},
): AuthProvider {
  checkFunction(getToken, 'hostToken', 'getToken');
  const state = new State<AuthState>({ status: 'signed-in', agent: undefined });
  const ask = async (request: TokenRequest): Promise<HostToken> => {
    const token = await askHost(state, getToken, request, timeout);
    if (!isHostToken(token)) throw invalidToken();
    return token;
  };
  return {
    state,
    async getToken(request = {}) {
      const token = await ask(request);
      if (token.value !== request.refused) {
        followAgent(state, token.agent);
        return token;
      }
      state.set({ status: 'signed-out' });
      throw new JioAssistError('auth/signed-out', 'The host gave a token that was refused before.');
    },
    async signIn() {
      const { agent } = await ask({});
      state.set({ status: 'signed-in', agent });
    },
  };
}

/** Asks the host's callback, and is signed out when that fails; one that takes too long says nothing about the agent. */
export async function askHost(
  state: State<AuthState>,
  getToken: (request: TokenRequest) => Promise<unknown>,
  request: TokenRequest,
  timeout: number,
): Promise<unknown> {
  const limit = new AbortController();
  const message = 'The host’s token callback did not answer in time.';
  const timer = setTimeout(() => {
    limit.abort(new JioAssistError('network/timeout', message, { timeout }));
  }, timeout);
  const signal = AbortSignal.any(request.signal ? [request.signal, limit.signal] : [limit.signal]);
  try {
    return await within(
      signal,
      Promise.resolve().then(() => getToken({ ...request, signal })),
    );
  } catch (cause) {
    signal.throwIfAborted();
    state.set({ status: 'signed-out' });
    throw new JioAssistError('auth/signed-out', 'The host’s token callback failed.', {}, cause);
  } finally {
    clearTimeout(timer);
  }
}

/** Another agent is a change that everything reacts to; a token that names none is of the one who is known. */
export function followAgent(state: State<AuthState>, agent: Agent | undefined): void {
  const { value } = state;
  if (value.status === 'signed-in' && agent && value.agent?.id !== agent.id)
    state.set({ status: 'signed-in', agent });
}

function isHostToken(token: unknown): token is HostToken {
  const { value, expiresAt, agent } = (token ?? {}) as Partial<Record<keyof HostToken, unknown>>;
  return typeof value === 'string' && value !== '' && typeof expiresAt === 'number' && isAgent(agent);
}

export function isAgent(agent: unknown): agent is Agent | undefined {
  if (agent === undefined) return true;
  const { id, name } = (agent ?? {}) as Partial<Record<keyof Agent, unknown>>;
  return typeof id === 'string' && id !== '' && typeof name === 'string';
}

function invalidToken(): JioAssistError {
  const message = 'The token callback must give { value, expiresAt }, and agent as { id, name } if at all.';
  return new JioAssistError('config/invalid-argument', message, { argument: 'auth' });
}
