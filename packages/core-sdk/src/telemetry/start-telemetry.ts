import type { JioAssistClient } from '../client.js';
import type { ResolvedConfig } from '../config.js';
import type { RequestReport, TelemetryHook } from './telemetry-event.js';

/** What a client with a telemetry hook reports to; without a hook there is none. */
export interface TelemetryFeed {
  readonly request: (report: RequestReport) => void;
  follow(client: Pick<JioAssistClient, 'auth' | 'customer' | 'events' | 'commands' | 'errors'>): void;
  dispose(): void;
}

/** The code that measures is loaded only for a host that asks; what happens meanwhile is told when it is there. */
export function startTelemetry(hook: TelemetryHook, config: ResolvedConfig): TelemetryFeed {
  const startedAt = performance.now();
  const loading = import('./telemetry.js').then(({ Telemetry }) => new Telemetry(hook, config, startedAt));
  const once = (use: (telemetry: TelemetryFeed) => void): void => {
    // Telemetry that cannot be loaded is no reason for anything else to fail.
    loading.then(use).catch(() => undefined);
  };
  return {
    request: (report) => {
      once((telemetry) => {
        telemetry.request(report);
      });
    },
    follow: (client) => {
      once((telemetry) => {
        telemetry.follow(client);
      });
    },
    dispose: () => {
      once((telemetry) => {
        telemetry.dispose();
      });
    },
  };
}
