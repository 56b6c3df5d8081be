import { startPostgres } from '../lib/postgres.ts';
import { nodeTestsIn } from './runners.ts';
import type { StepContext, StepResult } from './step.ts';

/** The tests kill gateways, never the server, and throw its data away: it need not wait for the disk. */
const careless = { fsync: 'off', full_page_writes: 'off' };

export const gatewayTests = 'gateway/**/*.test.ts';

/** The gateway's tests once more, on a real server. Without one, nothing is counted and the reason is said. */
export async function testOnPostgres(context: StepContext): Promise<StepResult> {
  const postgres = await startPostgres(careless);
  if ('reason' in postgres) return { passed: 0, failed: 0, note: `not run: ${postgres.reason}`, output: '' };
  try {
    const result = await nodeTestsIn({ TEST_DATABASE_URL: postgres.url }, gatewayTests)(context);
    return { ...result, note: postgres.version };
  } finally {
    await postgres.stop();
  }
}
