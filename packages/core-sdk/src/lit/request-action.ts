import { toJioAssistError } from '../errors.js';
import { askPage, JioActionEvent, type ActionName, type JioActions } from './actions.js';
import { JioErrorEvent } from './jio-assist.events.js';

/** What became of an action. @group Actions */
export type ActionOutcome = 'done' | 'vetoed' | 'failed';

/**
 * Does an action of a widget as the page wants it: `jio-<name>-request` first, which may veto, alter or replace it,
 * then the action, then `jio-<name>`. The action begins in the same turn, so that it may open a window.
 *
 * @param perform does it, and may answer `false` when it came to nothing.
 * @returns what became of it. A failure is told by `jio-error` and never thrown: nobody awaits a click.
 * @group Actions
 */
export async function requestAction<N extends ActionName>(
  host: EventTarget,
  name: N,
  detail: JioActions[N],
  perform: (detail: JioActions[N]) => unknown,
): Promise<ActionOutcome> {
  const request = askPage(host, name, detail);
  if (request.defaultPrevented) return 'vetoed';
  try {
    const { replacement } = request;
    const done = await (replacement ? replacement.work : perform(request.detail));
    if (done === false) return 'failed';
    host.dispatchEvent(new JioActionEvent(name, request.detail));
    return 'done';
  } catch (cause) {
    const error = toJioAssistError(cause, 'action/failed', `The action ${name} failed.`);
    console.error(`[JioAssist] ${error.code}: ${error.message}`, error.details);
    host.dispatchEvent(new JioErrorEvent(error.code));
    return 'failed';
  }
}
