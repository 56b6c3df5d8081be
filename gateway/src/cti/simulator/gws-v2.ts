import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AgentOperation, AgentWish } from '../switch/agent-operations.ts';
import type { CallWish } from '../switch/call-operations.ts';
import { readPairs } from '../switch/user-data.ts';
import { findTargets, targetView } from './directory.ts';
import { CALL_OPERATIONS, callView, deviceView, type CallOperationName } from './gws-v2-view.ts';
import {
  cookieOf,
  EngageError,
  forbidden,
  invalid,
  missing,
  notSignedIn,
  objectIn,
  setCookie,
  unknownResource,
} from './http.ts';
import type { EngageSession } from './sessions.ts';
import type { SimulatorContext } from './simulator.ts';

export const COOKIE = 'JSESSIONID';
const CSRF = 'X-CSRF-TOKEN';

/** The agent's states; each of the contact centre's own reasons is an operation as well. */
const STATES: Readonly<Record<string, readonly [AgentOperation, AgentWish]>> = {
  Ready: ['ready', {}],
  NotReady: ['not-ready', {}],
  AfterCallWork: ['not-ready', { workMode: 'AfterCallWork' }],
  Lunch: ['not-ready', { reasonCode: 'Lunch' }],
  Break: ['not-ready', { reasonCode: 'Break' }],
  Meeting: ['not-ready', { reasonCode: 'Meeting' }],
  Training: ['not-ready', { reasonCode: 'Training' }],
  BackOffice: ['not-ready', { reasonCode: 'BackOffice' }],
  DoNotDisturbOn: ['dnd-on', {}],
  DoNotDisturbOff: ['dnd-off', {}],
};

/** GWS v2, as far as voice and the directory go: one address for each resource, and the operation's name in the body. */
export function registerGwsV2(app: FastifyInstance, context: SimulatorContext): void {
  app.setErrorHandler((error, _request, reply) => sendError(error, reply));
  app.setNotFoundHandler((_request, reply) => sendError(unknownResource(), reply));
  app.addHook('preHandler', (request) => {
    if (request.method === 'GET' || request.url.includes('/notifications')) return;
    if (request.headers[CSRF.toLowerCase()] !== sessionOf(context, request).csrf)
      throw forbidden('Missing or invalid Csrf token');
  });
  registerMe(app, context);
  registerCalls(app, context);
  registerDirectory(app, context);
}

function sendError(error: unknown, reply: FastifyReply): FastifyReply {
  const { statusCode: status = 500 } = error as { statusCode?: number };
  const known =
    error instanceof EngageError
      ? error
      : new EngageError(status, status < 500 ? 2 : 4, 'The request cannot be done.');
  if (known.status === 401) reply.header('WWW-Authenticate', 'Basic realm="GWS"');
  return reply.code(known.status).send({ statusCode: known.code, statusMessage: known.message });
}

function registerMe(app: FastifyInstance, context: SimulatorContext): void {
  const { on, sessions, bayeux } = context;
  app.get('/me', async (request, reply) => {
    const session =
      sessions.find(cookieOf(request, COOKIE), 'gws-v2') ?? (await signIn(context, request, reply));
    const line = on.lineAt(session.dn);
    reply.headers({ 'X-CSRF-HEADER': CSRF, 'X-CSRF-TOKEN': session.csrf });
    const [firstName = line.name, ...rest] = line.name.split(' ');
    const user = { id: line.agentId, userName: line.agentId, firstName, lastName: rest.join(' ') };
    return { statusCode: 0, user: { ...user, enabled: true, uri: '/api/v2/me', path: '/me' } };
  });
  app.post('/me', (request) => {
    const session = sessionOf(context, request);
    const { operationName } = objectIn(request.body);
    const line = on.lineAt(session.dn);
    if (operationName === 'StartContactCenterSession') {
      session.isActive = true;
      if (line.state === 'LoggedOut') context.telephony.agent(session, 'login', {});
      else on.changeLine(line, {});
      return { statusCode: 0 };
    }
    if (operationName !== 'EndContactCenterSession') throw invalid('operationName');
    if (sessions.at(session.dn).length === 1 && line.state !== 'LoggedOut')
      context.telephony.agent(session, 'logout', {});
    sessions.close(session.id);
    bayeux.drop(session.id);
    return { statusCode: 0 };
  });
  app.get('/me/devices', (request) => ({
    statusCode: 0,
    devices: [deviceView(on.lineAt(activeSession(context, request).dn))],
  }));
  app.post('/me/channels/voice', (request) => {
    const session = activeSession(context, request);
    const { operationName } = objectIn(request.body);
    if (typeof operationName !== 'string' || !Object.hasOwn(STATES, operationName))
      throw invalid('operationName');
    const [operation, wish] = STATES[operationName] as [AgentOperation, AgentWish];
    context.telephony.agent(session, operation, wish);
    return { statusCode: 0 };
  });
}

async function signIn(
  { on, sessions, signIn: check }: SimulatorContext,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<EngageSession> {
  const [, scheme = '', value = ''] =
    /^(Bearer|Basic) (\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
  const agent =
    scheme.toLowerCase() === 'bearer'
      ? await check.byToken(value)
      : await check.byPassword(...credentialsIn(value), request.ip);
  if (!agent) throw notSignedIn();
  const session = sessions.open('gws-v2', agent.id, on.lineFor(agent.id, agent.name).dn);
  setCookie(reply, COOKIE, session.id);
  return session;
}

function credentialsIn(basic: string): [string, string] {
  const text = Buffer.from(basic, 'base64').toString('utf8');
  const at = text.indexOf(':');
  return at < 0 ? ['', ''] : [text.slice(0, at).slice(0, 200), text.slice(at + 1).slice(0, 200)];
}

function registerCalls(app: FastifyInstance, context: SimulatorContext): void {
  const { on, telephony } = context;
  app.get('/me/calls', (request) => {
    const line = on.lineAt(activeSession(context, request).dn);
    return { statusCode: 0, calls: on.callsAt(line.dn).map((call) => callView(call, line, on.now())) };
  });
  app.post<{ Params: { id: string } }>('/me/devices/:id/calls', (request) => {
    const session = activeSession(context, request);
    if (request.params.id !== session.dn) throw unknownResource();
    const body = objectIn(request.body);
    if (body['operationName'] !== 'Dial') throw invalid('operationName');
    const wish = wishOf(body);
    if (wish.destination === undefined) throw missing('destination');
    telephony.dial(session, wish);
    return { statusCode: 0 };
  });
  app.post<{ Params: { id: string } }>('/me/calls/:id', (request) => {
    const session = activeSession(context, request);
    const { id } = request.params;
    if (!on.callsAt(session.dn).some(({ connId }) => connId === id)) throw unknownResource();
    const body = objectIn(request.body);
    const { operationName } = body;
    if (typeof operationName !== 'string' || !Object.hasOwn(CALL_OPERATIONS, operationName))
      throw invalid('operationName');
    const operation = CALL_OPERATIONS[operationName as CallOperationName];
    const wish = { ...wishOf(body), otherConnId: otherCallOf(context, session, id, body) };
    const [target, finished] = finishing(operation) ? consultFirst(context, session, id, wish) : [id, wish];
    telephony.call(session, target, operation, finished);
    return { statusCode: 0 };
  });
}

const finishing = (operation: string): boolean =>
  ['complete-transfer', 'complete-conference', 'alternate'].includes(operation);

/** In this dialect a transfer is completed on the call it began with; the switch wants the consultation. */
function consultFirst(
  { on }: SimulatorContext,
  { dn }: EngageSession,
  id: string,
  wish: CallWish,
): [string, CallWish] {
  const consult = on.callsAt(dn).find(({ parentConnId }) => parentConnId === id);
  return consult ? [consult.connId, { ...wish, otherConnId: id }] : [id, wish];
}

/** The other call of a swap, or of a consultation that is to be completed. */
function otherCallOf(
  { on }: SimulatorContext,
  { dn }: EngageSession,
  id: string,
  { otherCallUri }: Readonly<Record<string, unknown>>,
): string | undefined {
  if (typeof otherCallUri === 'string') return otherCallUri.split('/').at(-1);
  return on.callsAt(dn).find(({ connId }) => connId === id)?.parentConnId;
}

function registerDirectory(app: FastifyInstance, context: SimulatorContext): void {
  app.get<{ Querystring: { searchTerm?: string } }>('/contacts', (request) => {
    sessionOf(context, request);
    const targets = findTargets(context.on.state.lines, (request.query.searchTerm ?? '').slice(0, 100), 50);
    return { statusCode: 0, contacts: targets.map(targetView) };
  });
}

function sessionOf({ sessions }: SimulatorContext, request: FastifyRequest): EngageSession {
  const session = sessions.find(cookieOf(request, COOKIE), 'gws-v2');
  if (!session) throw notSignedIn();
  return session;
}

function activeSession(context: SimulatorContext, request: FastifyRequest): EngageSession {
  const session = sessionOf(context, request);
  if (!session.isActive) throw forbidden('There is no contact center session.');
  return session;
}

function wishOf({
  destination,
  digits,
  key,
  userData,
  participant,
}: Readonly<Record<string, unknown>>): CallWish {
  const pairs = readPairs(userData);
  if (!pairs) throw invalid('userData');
  const number = objectIn(destination)['phoneNumber'];
  return {
    destination: number,
    dnToDrop: objectIn(participant)['phoneNumber'],
    digits,
    key,
    userData: pairs,
  };
}
