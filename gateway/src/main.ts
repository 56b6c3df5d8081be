import { buildGateway, type Gateway } from './app.ts';
import { readConfig } from './config.ts';
import { settingsIn, settingsRecord, settingsTable, unknownSettings } from './operations/settings.ts';

const settings = settingsIn(process.env);

try {
  const config = readConfig(process.env);
  if (process.argv.includes('--print-config')) console.log(settingsText());
  else announce(await start(config), config.port);
} catch (error) {
  console.error((error as Error).message);
  process.exit(1);
}

async function start(config: ReturnType<typeof readConfig>): Promise<Gateway> {
  for (const name of unknownSettings(process.env)) console.error(`${name} is not a setting of the gateway.`);
  if (process.stdout.isTTY) console.log(`${settingsText()}\n`);
  const gateway = await buildGateway(config);
  if (!process.stdout.isTTY)
    gateway.app.log.info({ settings: settingsRecord(settings) }, 'settings in force');
  await gateway.listen();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void gateway.close().then(() => process.exit(0)));
  }
  return gateway;
}

function announce({ url, port, metricsPort, engageUrl }: Gateway, wanted: number): void {
  if (wanted !== 0 && port !== wanted) console.log(`port ${wanted} is busy, taking ${port}`);
  if (metricsPort !== undefined) console.log(`metrics at port ${metricsPort}, /metrics`);
  if (engageUrl !== undefined) console.log(`simulated Genesys Engage (Workspace v3, GWS v2) at ${engageUrl}`);
  console.log(`gateway listening on ${url}`);
}

/** A table where a person reads, JSON where a program does. */
function settingsText(): string {
  return process.stdout.isTTY ? settingsTable(settings) : JSON.stringify(settingsRecord(settings));
}
