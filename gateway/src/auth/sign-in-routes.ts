import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type Provider from 'oidc-provider';
import type { Interaction } from 'oidc-provider';
import { pageHeaders } from '../http/html.ts';
import { ApiError } from '../tmf/errors.ts';
import type { Agents } from './agents.ts';
import { localise, type Localised } from './messages.ts';
import { SignInLimiter } from './sign-in-limiter.ts';
import { expiredPage, signInPage } from './sign-in-page.ts';

export interface SignInOptions {
  readonly provider: Provider;
  readonly agents: Agents;
  readonly publicUrl: string;
  readonly demoAgents: readonly string[];
}

type Form = { Params: { uid: string } };

/** The page on which an agent signs in, as the OpenID provider's interaction. */
export async function registerSignIn(app: FastifyInstance, options: SignInOptions): Promise<void> {
  const limiter = new SignInLimiter();
  await app.register((scope, _options, registered) => {
    acceptForms(scope);
    scope.get<Form>('/sign-in/:uid', (request, reply) => show(request, reply, options));
    scope.post<Form>('/sign-in/:uid', (request, reply) => submit(request, reply, options, limiter));
    registered();
  });
}

function acceptForms(app: FastifyInstance): void {
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request: unknown, body: string | Buffer, done: (error: null, form: URLSearchParams) => void) => {
      done(null, new URLSearchParams(String(body)));
    },
  );
}

async function show(
  request: FastifyRequest<Form>,
  reply: FastifyReply,
  options: SignInOptions,
): Promise<FastifyReply> {
  const interaction = await findInteraction(request, reply, options.provider);
  if (!interaction) return sendExpired(request, reply);
  if (interaction.prompt.name !== 'login') return finish(request, reply, options.provider, { consent: {} });
  return sendForm(request, reply, options, interaction, { name: interaction.params.login_hint ?? '' });
}

async function submit(
  request: FastifyRequest<Form>,
  reply: FastifyReply,
  options: SignInOptions,
  limiter: SignInLimiter,
): Promise<FastifyReply> {
  checkSameOrigin(request, options.publicUrl);
  const interaction = await findInteraction(request, reply, options.provider);
  if (!interaction || interaction.prompt.name !== 'login') return sendExpired(request, reply);
  const { name, password } = readForm(request.body);
  const { text } = localiseFor(request, interaction);
  if (name === '' || password === '') {
    return sendForm(request, reply.code(400), options, interaction, { name, error: text.missing });
  }
  const wait = limiter.retryAfter(name, request.ip);
  if (wait > 0) {
    reply.code(429).header('Retry-After', String(wait));
    return sendForm(request, reply, options, interaction, {
      name,
      error: text.slowDown(Math.ceil(wait / 60)),
    });
  }
  limiter.attempt(name, request.ip);
  const agent = await options.agents.authenticate(name, password);
  if (!agent) return sendForm(request, reply.code(401), options, interaction, { name, error: text.wrong });
  limiter.succeeded(name, request.ip);
  return finish(request, reply, options.provider, { login: { accountId: agent.id, remember: false } });
}

/**
 * The interaction's own cookie (same-site, bound to this path) already stops other sites; browsers also say where a form
 * was sent from, and that must be here.
 */
function checkSameOrigin(request: FastifyRequest, publicUrl: string): void {
  const { origin } = request.headers;
  if (origin === undefined || origin === new URL(publicUrl).origin) return;
  throw new ApiError(403, 'originNotAllowed', 'The sign-in form is sent from its own page only');
}

function readForm(body: unknown): { name: string; password: string } {
  const form = body instanceof URLSearchParams ? body : new URLSearchParams();
  const name = (form.get('name') ?? '').trim().slice(0, 200);
  return { name: name.replaceAll('\u0000', ''), password: (form.get('password') ?? '').slice(0, 200) };
}

async function findInteraction(
  request: FastifyRequest<Form>,
  reply: FastifyReply,
  provider: Provider,
): Promise<Interaction | undefined> {
  try {
    const interaction = await provider.interactionDetails(request.raw, reply.raw);
    return interaction.uid === request.params.uid ? interaction : undefined;
  } catch (error) {
    if ((error as Error).name === 'SessionNotFound') return undefined;
    throw error;
  }
}

async function finish(
  request: FastifyRequest,
  reply: FastifyReply,
  provider: Provider,
  result: Record<string, unknown>,
): Promise<FastifyReply> {
  const next = await provider.interactionResult(request.raw, reply.raw, result);
  return reply.redirect(next, 303);
}

function sendForm(
  request: FastifyRequest<Form>,
  reply: FastifyReply,
  { demoAgents }: SignInOptions,
  interaction: Interaction,
  view: { name: string; error?: string },
): FastifyReply {
  const action = `/sign-in/${request.params.uid}`;
  const localised = localiseFor(request, interaction);
  return reply.headers(pageHeaders).send(signInPage({ ...localised, ...view, action, demoAgents }));
}

function sendExpired(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const localised = localise(undefined, request.headers['accept-language']);
  return reply.code(400).headers(pageHeaders).send(expiredPage(localised));
}

function localiseFor(request: FastifyRequest, interaction: Interaction): Localised {
  return localise(interaction.params.ui_locales, request.headers['accept-language']);
}
