import Fastify, { type FastifyInstance } from 'fastify';
import { listen, type Listener } from '../../http/listen.ts';
import { BayeuxServer } from '../bayeux/server.ts';
import { SwitchClock } from '../switch/clock.ts';
import { distribute, startRun, stopRun, type Fault } from '../switch/script.ts';
import type { Run, SwitchState, SwitchStore } from '../switch/switch-state.ts';
import { TelephoneSwitch, type SwitchEvent } from '../switch/telephone-switch.ts';
import * as gws from './gws-v2-view.ts';
import { COOKIE as GWS_COOKIE, registerGwsV2 } from './gws-v2.ts';
import { allowPages } from './http.ts';
import { registerNotifications } from './notifications.ts';
import { EngageSessions } from './sessions.ts';
import { StateKeeper } from './state-keeper.ts';
import { Telephony } from './telephony.ts';
import { COOKIE as WORKSPACE_COOKIE, registerWorkspaceV3 } from './workspace-v3.ts';
import { configuration } from './configuration.ts';
import { INITIALIZATION, userView, voiceMessage, VOICE } from './workspace-v3-view.ts';

export interface SimulatedAgent {
  readonly id: string;
  readonly name: string;
}

/** Who may sign in: the simulator has no people of its own. */
export interface EngageSignIn {
  byToken(token: string | undefined): Promise<SimulatedAgent | undefined>;
  byPassword(name: string, password: string, address: string): Promise<SimulatedAgent | undefined>;
}

export interface SimulatorOptions {
  readonly port: number;
  readonly signIn: EngageSignIn;
  /** Who has a line from the start, in the order of their numbers. */
  readonly agents: readonly SimulatedAgent[];
  readonly store: SwitchStore;
  readonly allowedOrigins: readonly string[];
  readonly onError: (error: unknown) => void;
  /** How long a poll is held, in milliseconds. */
  readonly pollTimeout?: number;
}

/** What the routes of both dialects work with. */
export interface SimulatorContext {
  readonly on: TelephoneSwitch;
  readonly sessions: EngageSessions;
  readonly bayeux: BayeuxServer;
  readonly telephony: Telephony;
  readonly signIn: EngageSignIn;
}

const HOST = '127.0.0.1';
/** Attached data may be large; a request is not. */
const BODY_LIMIT = 1024 * 1024;

/** A Genesys Engage that is not there: Workspace v3 and GWS v2 over HTTP and Bayeux, on a port of its own. */
export class EngageSimulator {
  readonly #listener: Listener;
  readonly #app: FastifyInstance;
  readonly #context: SimulatorContext;
  readonly #clock: SwitchClock;
  readonly #keeper: StateKeeper;
  #isDown = false;
  #up: NodeJS.Timeout | undefined;

  private constructor(options: SimulatorOptions, listener: Listener, state: SwitchState | undefined) {
    this.#listener = listener;
    const on = new TelephoneSwitch({
      tell: (event) => {
        this.#tell(event);
      },
      onChange: () => {
        this.#keeper.changed();
      },
      ...(state && { state }),
    });
    for (const { id, name } of options.agents) on.lineFor(id, name);
    const bayeux = new BayeuxServer({
      mayHear: (owner, channel) => this.#mayHear(owner, channel),
      onSubscribe: (owner, channel) => {
        this.#greet(owner, channel);
      },
      ...(options.pollTimeout !== undefined && { timeout: options.pollTimeout }),
    });
    const sessions = new EngageSessions(Date.now);
    this.#context = { on, sessions, bayeux, telephony: new Telephony(on), signIn: options.signIn };
    this.#clock = new SwitchClock(on, (agentId, fault) => {
      this.#goWrong(agentId, fault);
    });
    this.#keeper = new StateKeeper(on.state, options, () => {
      distribute(on);
      this.#clock.wind();
    });
    this.#app = this.#makeApp(options.allowedOrigins);
  }

  /** Takes the port, or the next free one, and begins to answer. */
  static async start(options: SimulatorOptions): Promise<EngageSimulator> {
    const state = await options.store.read();
    const listener = await listen(HOST, options.port, true);
    const simulator = new EngageSimulator(options, listener, state);
    await simulator.#app.ready();
    listener.serve((request, response) => {
      simulator.#app.routing(request, response);
    });
    simulator.#clock.wind();
    return simulator;
  }

  get url(): string {
    return `http://${HOST}:${this.#listener.port}`;
  }

  /** Plays calls to an agent, as the scenario of that name has them; they come when the agent is ready. */
  play(run: Omit<Run, 'stepsDone'>): void {
    startRun(this.#context.on, run);
  }

  /** False when nothing was played to the agent. */
  stopPlaying(agentId: string): boolean {
    return stopRun(this.#context.on, agentId);
  }

  /** What is played, and how far. */
  get runs(): readonly Run[] {
    return this.#context.on.state.runs;
  }

  /** Forgets every client and session, as a server that was restarted. Calls go on. */
  forgetClients(): void {
    this.#context.sessions.closeAll();
    this.#context.bayeux.drop();
  }

  /** Makes every Bayeux client unknown, and leaves the sessions as they are. */
  dropNotifications(): void {
    this.#context.bayeux.drop();
  }

  /** The switch itself, for those who arrange what no client can. */
  get switch(): TelephoneSwitch {
    return this.#context.on;
  }

  async close(): Promise<void> {
    clearTimeout(this.#up);
    this.#clock.stop();
    this.#context.bayeux.drop();
    await this.#app.close();
    await this.#listener.close();
    await this.#keeper.close();
  }

  #makeApp(allowedOrigins: readonly string[]): FastifyInstance {
    const app = Fastify({ serverFactory: () => this.#listener.server, bodyLimit: BODY_LIMIT });
    allowPages(app, allowedOrigins);
    acceptEmptyBodies(app);
    app.addHook('onRequest', async (_request, reply) => {
      if (this.#isDown) return reply.code(503).send();
    });
    void app.register(
      (routes, _options, done) => {
        registerWorkspaceV3(routes, this.#context);
        registerNotifications(routes, this.#context, { dialect: 'workspace-v3', cookie: WORKSPACE_COOKIE });
        done();
      },
      { prefix: '/workspace/v3' },
    );
    void app.register(
      (routes, _options, done) => {
        registerGwsV2(routes, this.#context);
        registerNotifications(routes, this.#context, { dialect: 'gws-v2', cookie: GWS_COOKIE });
        done();
      },
      { prefix: '/api/v2' },
    );
    return app;
  }

  #tell(event: SwitchEvent): void {
    const { on, sessions, bayeux, telephony } = this.#context;
    const line = on.lineAt(event.dn);
    for (const { id, dialect, isActive } of sessions.at(event.dn)) {
      if (!isActive) continue;
      if (dialect === 'workspace-v3')
        bayeux.publish(id, VOICE, voiceMessage(event, line, on.now(), telephony.operationId));
      else {
        const { channel, data } = gws.message(event, line, on.now());
        bayeux.publish(id, channel, data);
      }
    }
  }

  #mayHear(owner: string, channel: string): boolean {
    const dialect = this.#context.sessions.byId(owner)?.dialect;
    if (dialect === 'workspace-v3')
      return [VOICE, INITIALIZATION, '/workspace/v3/media', '/workspace/v3/media/chat'].includes(channel);
    return [gws.CALLS, gws.DEVICES, gws.SERVICES, '/v2/me'].includes(channel);
  }

  /** Who asks about the initialization is told how it goes. */
  #greet(owner: string, channel: string): void {
    const { sessions, bayeux, on } = this.#context;
    const session = sessions.byId(owner);
    if (!session || channel !== INITIALIZATION) return;
    const told = { messageType: 'WorkspaceInitializationComplete' };
    bayeux.publish(owner, channel, { ...told, state: 'Executing', progress: { percentComplete: 50 } });
    const user = userView(on, on.lineAt(session.dn), session.isActive);
    bayeux.publish(owner, channel, { ...told, state: 'Complete', data: { user, configuration } });
  }

  #goWrong(agentId: string, fault: Fault): void {
    if (fault.do !== 'loseConnection') return this.#context.telephony.spoilNext(agentId, fault.do);
    this.#isDown = true;
    this.#context.bayeux.drop();
    this.#up = setTimeout(() => (this.#isDown = false), fault.forMs);
  }
}

/** Clients send JSON without a body, and bodies without a type. */
function acceptEmptyBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => {
    if (body === '') return done(null, undefined);
    try {
      done(null, JSON.parse(body as string));
    } catch {
      done(Object.assign(new Error('not JSON'), { statusCode: 400 }));
    }
  });
}
