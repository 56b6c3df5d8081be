import { gatewayEnvironment, readAddresses } from './lib/addresses.ts';
import { readArguments } from './lib/options.ts';
import { runMain } from './lib/stop.ts';

const help = `npm run gateway
Starts only the gateway, with the ports and the data of the last npm start.`;

await runMain(async () => {
  readArguments({ name: 'npm run gateway', help, options: {} });
  Object.assign(process.env, { ...gatewayEnvironment(readAddresses()), ...process.env });
  await import('../gateway/src/main.ts');
});
