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
  // Telemetry that cannot be loaded is no reason for anything else to fail.
  const loading = import('./telemetry.js').then(
    ({ Telemetry }) => new Telemetry(hook, config, startedAt),
    () => undefined,
  );
  const use = (work: (telemetry: TelemetryFeed) => void): void => {
    void loading.then((telemetry) => {
      if (telemetry) work(telemetry);
    });
  };
  return {
    request: (report) => {
      use((telemetry) => {
        telemetry.request(report);
      });
    },
    follow: (client) => {
      use((telemetry) => {
        telemetry.follow(client);
      });
    },
    dispose: () => {
      use((telemetry) => {
        telemetry.dispose();
      });
    },
  };
}
