import type { FastifyInstance } from 'fastify';
import { html, page, pageHeaders } from '../http/html.ts';
import { localise, type Localised } from './messages.ts';

/**
 * Where the sign-in begins for a page that has no window of its own for it, and where every sign-in comes back to. `state`
 * carries the page's origin after a dot; because it comes from the address bar it is only believed when it is on the
 * allow-list. Where on that origin to return to is known to the browser alone: an address of a CRM may name a customer.
 */
export function registerCallback(app: FastifyInstance, isAllowed: (origin: string) => boolean): void {
  app.get('/oidc-start', async (request, reply) => {
    const localised = localise(undefined, request.headers['accept-language']);
    return reply.headers(pageHeaders).send(startPage(localised));
  });
  app.get<{ Querystring: { state?: unknown; error?: unknown } }>('/oidc-callback', async (request, reply) => {
    const { state, error } = request.query;
    const origin = openerOrigin(state);
    const localised = localise(undefined, request.headers['accept-language']);
    reply.headers(pageHeaders);
    if (origin === undefined || !isAllowed(origin)) return reply.code(403).send(refusedPage(localised));
    return reply.send(callbackPage(localised, origin, error === undefined));
  });
}

function openerOrigin(state: unknown): string | undefined {
  if (typeof state !== 'string') return undefined;
  const encoded = /^[\w-]+\.([\w-]+)$/.exec(state)?.[1];
  return encoded === undefined ? undefined : Buffer.from(encoded, 'base64url').toString('utf8');
}

function startPage({ lang, text }: Localised): string {
  return page({
    lang,
    title: text.title,
    head: html`<script type="module" src="/auth-assets/oidc-start.js"></script>`,
    body: html`<main>
      <h1>${text.title}</h1>
      <p role="alert" hidden>${text.failed}</p>
    </main>`,
  });
}

function callbackPage({ lang, text }: Localised, origin: string, signedIn: boolean): string {
  const title = signedIn ? text.callbackTitle : text.failedTitle;
  const alone = signedIn ? text.callbackAlone : text.failed;
  return page({
    lang,
    title,
    head: html`<script type="module" src="/auth-assets/oidc-callback.js"></script>`,
    body: html`<main data-opener-origin="${origin}">
      <h1>${title}</h1>
      <p data-when="opener">${text.callbackClosing}</p>
      <p data-when="alone" hidden>${alone}</p>
    </main>`,
  });
}

function refusedPage({ lang, text }: Localised): string {
  return page({
    lang,
    title: text.callbackRefusedTitle,
    body: html`<main>
      <h1>${text.callbackRefusedTitle}</h1>
      <p role="alert">${text.callbackRefused}</p>
      <p>${text.callbackRefusedHelp}</p>
    </main>`,
  });
}
