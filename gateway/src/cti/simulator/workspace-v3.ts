import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { agentOperations, type AgentOperation } from '../switch/agent-operations.ts';
import { callOperations, type CallOperation, type CallWish } from '../switch/call-operations.ts';
import { readPairs, type KeyValue } from '../switch/user-data.ts';
import { configuration } from './configuration.ts';
import { findTargets, targetView } from './directory.ts';
import {
  cookieOf,
  EngageError,
  invalid,
  missing,
  notSignedIn,
  objectIn,
  setCookie,
  unknownResource,
} from './http.ts';
import type { EngageSession } from './sessions.ts';
import type { SimulatorContext } from './simulator.ts';
import { callView, userView } from './workspace-v3-view.ts';

export const COOKIE = 'WORKSPACE_SESSIONID';
const OPERATION_ID = /^[\w.-]{1,100}$/;

interface Wish {
  readonly data: Readonly<Record<string, unknown>>;
  readonly operationId: string | undefined;
}

/** Workspace API v3, as far as voice and the directory go. */
export function registerWorkspaceV3(app: FastifyInstance, context: SimulatorContext): void {
  app.setErrorHandler((error, _request, reply) => sendError(error, reply));
  app.setNotFoundHandler((_request, reply) => sendError(unknownResource(), reply));
  registerSession(app, context);
  registerVoice(app, context);
  registerDirectory(app, context);
}

function sendError(error: unknown, reply: FastifyReply): FastifyReply {
  const { status, code, message } = error instanceof EngageError ? error : asEngageError(error);
  return reply.code(status).send({ status: { code, message } });
}

function asEngageError(error: unknown): EngageError {
  const { statusCode = 500 } = error as { statusCode?: number };
  return statusCode < 500
    ? new EngageError(statusCode, 2, 'The request cannot be read.')
    : new EngageError(500, 4, 'An internal error occurred.');
}

function registerSession(app: FastifyInstance, context: SimulatorContext): void {
  const { sessions, on, signIn, bayeux } = context;
  app.post('/initialize-workspace', async (request, reply) => {
    const agent = await signIn.byToken(/^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1]);
    if (!agent) throw new EngageError(401, 5, 'The access token is not valid here.');
    const line = on.lineFor(agent.id, agent.name);
    const session = sessions.open('workspace-v3', agent.id, line.dn);
    return setCookie(reply, COOKIE, session.id).send({ ...accepted(undefined), data: {} });
  });
  app.post('/activate-channels', (request) => {
    const session = sessionOf(context, request);
    const { data, operationId } = readWish(request);
    const line = on.lineAt(session.dn);
    if (data['agentId'] === undefined) throw missing('agentId');
    if (data['dn'] === undefined && data['placeName'] === undefined) throw missing('placeName');
    if (data['autoCompleteCall'] !== undefined) line.autoComplete = data['autoCompleteCall'] !== false;
    session.isActive = true;
    // Who comes back during the day finds the state as it is.
    if (line.state === 'LoggedOut') context.telephony.agent(session, 'login', {}, operationId);
    else on.changeLine(line, {});
    return accepted(operationId);
  });
  app.get('/current-session', (request) => {
    const session = sessionOf(context, request);
    return done({ user: userView(on, on.lineAt(session.dn), session.isActive), pendingloginasync: false });
  });
  app.get('/configuration', (request) => {
    sessionOf(context, request);
    return done({ configuration });
  });
  app.get('/auth-keep-alive', (request) => {
    sessionOf(context, request);
    return done();
  });
  app.post('/logout', (request, reply) => {
    const session = sessionOf(context, request);
    const line = on.lineAt(session.dn);
    if (sessions.at(session.dn).length === 1 && line.state !== 'LoggedOut')
      context.telephony.agent(session, 'logout', {});
    sessions.close(session.id);
    bayeux.drop(session.id);
    return setCookie(reply, COOKIE, 'gone; Max-Age=0').send(done());
  });
}

function registerVoice(app: FastifyInstance, context: SimulatorContext): void {
  const { on, telephony } = context;
  app.get('/voice/calls', (request) => {
    const line = on.lineAt(activeSession(context, request).dn);
    return done({ calls: on.callsAt(line.dn).map((call) => callView(call, line, on.now())) });
  });
  app.post('/voice/make-call', (request) => {
    const session = activeSession(context, request);
    const { data, operationId } = readWish(request);
    if (data['destination'] === undefined) throw missing('destination');
    telephony.dial(session, wishOf(data), operationId);
    return accepted(operationId);
  });
  app.post<{ Params: { id: string; operation: string } }>('/voice/calls/:id/:operation', (request) => {
    const session = activeSession(context, request);
    const { id, operation } = request.params;
    if (!isCallOperation(operation)) throw unknownResource();
    const { data, operationId } = readWish(request);
    telephony.call(session, id, operation, wishOf(data), operationId);
    return accepted(operationId);
  });
  app.post<{ Params: { operation: string } }>('/voice/:operation', (request) => {
    const { operation } = request.params;
    if (!isAgentOperation(operation)) throw unknownResource();
    const session = activeSession(context, request);
    const { data, operationId } = readWish(request);
    const { agentWorkMode: workMode, reasonCode, forwardTo } = data;
    telephony.agent(
      session,
      operation,
      { workMode, reasonCode, forwardTo, reasons: pairsIn(data, 'reasons') },
      operationId,
    );
    return accepted(operationId);
  });
}

function registerDirectory(app: FastifyInstance, context: SimulatorContext): void {
  const { on } = context;
  app.get<{ Querystring: { searchTerm?: string; limit?: string } }>('/targets', (request) => {
    sessionOf(context, request);
    const { searchTerm = '', limit = '50' } = request.query;
    if (!/^\d{1,4}$/.test(limit)) throw invalid('limit');
    const targets = findTargets(on.state.lines, searchTerm.slice(0, 100), Number(limit));
    return done({ targets: targets.map(targetView), totalMatches: targets.length });
  });
}

const isCallOperation = (name: string): name is CallOperation =>
  Object.hasOwn(callOperations, name) && name !== 'delete-user-data';
const isAgentOperation = (name: string): name is AgentOperation => Object.hasOwn(agentOperations, name);

function sessionOf({ sessions }: SimulatorContext, request: FastifyRequest): EngageSession {
  const session = sessions.find(cookieOf(request, COOKIE), 'workspace-v3');
  if (!session) throw notSignedIn();
  return session;
}

function activeSession(context: SimulatorContext, request: FastifyRequest): EngageSession {
  const session = sessionOf(context, request);
  if (!session.isActive) throw new EngageError(403, 3, 'The voice channel is not active.');
  return session;
}

/**
 * The vendor's JavaScript client leaves the reason of "not ready", and sends an empty body for many an operation; its model puts
 * everything into `data`. Both are taken.
 */
function readWish({ body }: FastifyRequest): Wish {
  const whole = objectIn(body);
  const { operationId, data, ...beside } = whole;
  if (operationId !== undefined && !(typeof operationId === 'string' && OPERATION_ID.test(operationId)))
    throw invalid('operationId');
  return { data: { ...beside, ...objectIn(data) }, operationId };
}

function wishOf(data: Readonly<Record<string, unknown>>): CallWish {
  const { destination, dnToDrop, key, dtmfDigits, parentConnId, heldConnId, otherConnId } = data;
  return {
    destination,
    dnToDrop,
    key,
    digits: dtmfDigits,
    otherConnId: parentConnId ?? heldConnId ?? otherConnId,
    userData: pairsIn(data, 'userData'),
  };
}

function pairsIn(data: Readonly<Record<string, unknown>>, name: string): KeyValue[] {
  const pairs = readPairs(data[name]);
  if (!pairs) throw invalid(name);
  return pairs;
}

/** Taken; what comes of it is told as events. */
const accepted = (operationId: string | undefined) => ({
  status: { code: 1 },
  ...(operationId !== undefined && { operationId }),
});

const done = (data?: Record<string, unknown>) => ({ status: { code: 0 }, ...(data && { data }) });
