import { buildGateway } from './app.ts';
import { readConfig } from './config.ts';

try {
  const config = readConfig(process.env);
  const gateway = await buildGateway(config);
  if (config.port !== 0 && gateway.port !== config.port) {
    console.log(`port ${config.port} is busy, taking ${gateway.port}`);
  }
  await gateway.listen();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void gateway.close().then(() => process.exit(0)));
  }
  console.log(`gateway listening on ${gateway.url}`);
} catch (error) {
  console.error((error as Error).message);
  process.exit(1);
}
