import { within } from './abort.js';
import { readJson } from './api/answer.js';
import * as v from './api/valibot.js';
import type { ResolvedConfig } from './config.js';
import { JioAssistError } from './errors.js';

const Answer = v.object({ origin: v.nullable(v.string()), allowed: v.boolean() });

/**
 * Asks the gateway's one open question, "may this page call you?", to name why nothing works: a browser shows
 * the same bare network error for a gateway that is down and for one that refuses the page's origin.
 *
 * @returns the reason, or `undefined` when the gateway is there and allows this page.
 */
export async function checkGateway(
  config: ResolvedConfig,
  signal: AbortSignal = AbortSignal.timeout(config.timeout),
): Promise<JioAssistError | undefined> {
  const url = `${config.apis.jioassist}/origin-check`;
  const details = { gateway: config.gateway };
  let response: Response;
  try {
    response = await within(signal, config.fetch(url, { signal }));
  } catch (cause) {
    return new JioAssistError(
      'network/unreachable',
      `The gateway cannot be reached: ${config.gateway}`,
      details,
      cause,
    );
  }
  const answer = v.safeParse(Answer, await within(signal, readJson(response, url)).catch(() => undefined));
  if (!answer.success) {
    const message = `What answers at ${url} is not a JioAssist gateway.`;
    return new JioAssistError('api/not-json', message, { ...details, status: response.status });
  }
  if (answer.output.allowed) return undefined;
  const origin = answer.output.origin ?? 'null';
  const message = `The gateway does not allow this page’s origin (${origin}); add it to the gateway’s allow-list.`;
  return new JioAssistError('network/origin-not-allowed', message, { ...details, origin });
}

/** The best reason that can be given for a request which never got an answer. */
export async function explainNetworkError(
  config: ResolvedConfig,
  cause: unknown,
  signal?: AbortSignal,
): Promise<JioAssistError> {
  const reason = await checkGateway(config, signal);
  if (reason) return reason;
  const message = 'The gateway is up, but the request got no answer.';
  return new JioAssistError('network/unreachable', message, { gateway: config.gateway }, cause);
}
