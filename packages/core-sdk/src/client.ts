import { checkArgument, isObject } from './arguments.js';
import { lazyApi, type JioAssistApi } from './api/jioassist-api.js';
import { Requests } from './api/request.js';
import type { AuthProvider } from './auth/auth-provider.js';
import { oidc } from './auth/oidc.js';
import { Commands } from './commands/commands.js';
import { resolveConfig, type JioAssistConfig } from './config.js';
import type { DoctorOptions, DoctorReport } from './doctor/report.js';
import { CustomerContext } from './customer/customer-context.js';
import { Drafts } from './drafts/drafts.js';
import { ErrorReports } from './error-reports.js';
import { LiveEvents } from './events/live-events.js';
import { GatewayStatus } from './gateway-status.js';
import { State } from './observable.js';
import { startTelemetry } from './telemetry/start-telemetry.js';

/**
 * One connection of a page to JioAssist: sign-in, the current customer, calls, commands and live events. Works without
 * a DOM and without any widget.
 *
 * @group Client
 */
export interface JioAssistClient {
  readonly auth: AuthProvider;
  readonly customer: CustomerContext;
  readonly api: JioAssistApi;
  readonly events: LiveEvents;
  readonly commands: Commands;
  readonly drafts: Drafts;
  readonly errors: ErrorReports;
  readonly gateway: GatewayStatus;
  /**
   * Whether the agent must not be interrupted now: the phone rings, for example. Whoever knows sets it; widgets hold back
   * what a screen reader would tell, and say afterwards what still holds.
   */
  readonly quiet: State<boolean>;
  /**
   * Finds out why the SDK does not start on this page, or does not do all it could: the page's policy, storage, clock,
   * gateway, token, scopes, live stream and more. Needs a browser. The code is loaded when it is asked for.
   */
  doctor(options?: DoctorOptions): Promise<DoctorReport>;
  /** Ends everything the client started. Calling it twice is harmless. */
  dispose(): void;
}

/**
 * Makes a client.
 *
 * @example
 * const client = createJioAssist({ gateway: 'https://assist.example', clientId: 'crm' });
 * client.customer.watch('profile');
 * client.customer.set({ customerId: 'C-1001', reason: 'search' });
 * client.customer.state.subscribe(({ profile }) => console.log(profile.status));
 *
 * @throws JioAssistError `config/invalid-argument` naming the argument.
 * @group Client
 */
export function createJioAssist(config: JioAssistConfig): JioAssistClient {
  const resolved = resolveConfig(config);
  const auth = config.auth ?? oidc(resolved);
  const telemetry = config.telemetry && startTelemetry(config.telemetry, resolved);
  const requests = new Requests(resolved, auth, telemetry?.request);
  const errors = new ErrorReports();
  const events = new LiveEvents({ config: resolved, requests, auth });
  const gateway = new GatewayStatus(resolved, errors, requests.outages);
  const loadApi = async (): Promise<JioAssistApi> => {
    const { createApis } = await import('./api/apis.js');
    return createApis(resolved, requests, (error) => {
      errors.report(error);
    });
  };
  const customer = new CustomerContext({ config: resolved, api: loadApi, auth, events, errors });
  const commands = new Commands({ config: resolved, requests, auth, errors });
  const drafts = new Drafts({ gateway: resolved.gateway, auth, customer });
  telemetry?.follow({ auth, customer, events, commands, errors });
  const releaseAuth = auth.state.subscribe((state) => {
    if (state.status === 'signed-out' && state.error) errors.report(state.error);
  });
  const dispose = (): void => {
    releaseAuth();
    telemetry?.dispose();
    drafts.dispose();
    commands.dispose();
    customer.dispose();
    events.dispose();
    gateway.dispose();
    if (auth !== config.auth) auth.dispose?.();
  };
  const doctor = async (options: DoctorOptions = {}): Promise<DoctorReport> => {
    checkArgument(isObject(options), 'doctor', 'options', 'must be an object');
    const { examine } = await import('./doctor/doctor.js');
    return examine({ config: resolved, auth, requests }, options);
  };
  return {
    auth,
    customer,
    api: lazyApi(loadApi),
    events,
    commands,
    drafts,
    errors,
    gateway,
    quiet: new State(false),
    doctor,
    dispose,
  };
}
