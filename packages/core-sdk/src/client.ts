import { QueryClient } from '@tanstack/query-core';
import { CustomerApi } from './api/customer-api.js';
import { MeasurementApi } from './api/measurement-api.js';
import { Requests } from './api/request.js';
import { ServiceApi } from './api/service-api.js';
import type { AuthProvider } from './auth/auth-provider.js';
import { oidc } from './auth/oidc.js';
import { backoff } from './backoff.js';
import { Commands } from './commands/commands.js';
import { resolveConfig, type JioAssistConfig } from './config.js';
import type { DoctorOptions, DoctorReport } from './doctor/report.js';
import { CustomerContext } from './customer/customer-context.js';
import { Drafts } from './drafts/drafts.js';
import { ErrorReports } from './error-reports.js';
import { isJioAssistError } from './errors.js';
import { LiveEvents } from './events/live-events.js';
import { GatewayStatus } from './gateway-status.js';
import { startTelemetry } from './telemetry/start-telemetry.js';

/** The APIs, one object for each. */
export interface JioAssistApi {
  readonly customer: CustomerApi;
  readonly service: ServiceApi;
  readonly measurement: MeasurementApi;
}

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
  const queries = createQueries();
  const events = new LiveEvents({ baseUrl: resolved.gateway, requests, auth });
  const gateway = new GatewayStatus(resolved, errors);
  const api: JioAssistApi = {
    customer: new CustomerApi(resolved.apis.tmf629, requests),
    service: new ServiceApi(resolved.apis.tmf638, requests),
    measurement: new MeasurementApi(resolved.apis.jioassist, requests),
  };
  const customer = new CustomerContext({ api, auth, events, queries, errors });
  const commands = new Commands({ config: resolved, requests, auth });
  const drafts = new Drafts({ gateway: resolved.gateway, auth, customer });
  telemetry?.follow({ auth, customer, events, commands, errors });
  const dispose = (): void => {
    telemetry?.dispose();
    drafts.dispose();
    commands.dispose();
    customer.dispose();
    events.dispose();
    gateway.dispose();
    if (auth !== config.auth) auth.dispose?.();
    queries.clear();
    queries.unmount();
  };
  const doctor = async (options?: DoctorOptions): Promise<DoctorReport> => {
    const { examine } = await import('./doctor/doctor.js');
    return examine({ config: resolved, auth, requests }, options);
  };
  queries.mount();
  return { auth, customer, api, events, commands, drafts, errors, gateway, doctor, dispose };
}

function createQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        // The live stream says when something changed; coming back to the tab is no reason to ask again.
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        // A browser that calls itself offline may still reach a gateway in its own network.
        networkMode: 'always',
        retry: (failures, error) => failures < 2 && isPassing(error),
        retryDelay: backoff,
      },
    },
  });
}

/** Whether asking again can help. */
function isPassing(error: Error): boolean {
  return isJioAssistError(error) && (error.code === 'api/unavailable' || error.code === 'network/timeout');
}
