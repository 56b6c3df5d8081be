import { demoAgents } from '../gateway/src/seed/data/agents.ts';
import { signIn } from '../gateway/src/auth/headless-sign-in.ts';
import { isHealthy, readAddresses } from './lib/addresses.ts';
import { readArguments } from './lib/options.ts';
import { runMain, Sentence } from './lib/stop.ts';

const { gatewayUrl } = readAddresses();
const names = demoAgents.map(({ id, roles }) => `${id} (${roles.join(', ')})`).join(', ');

const help = `npm run -s token [-- --agent NAME]
Prints an access token of a demo agent for the running gateway, and nothing else:

  curl -H "Authorization: Bearer $(npm run -s token)" ${gatewayUrl}/tmf-api/customerManagement/v4/customer

  --agent NAME   one of ${names}; asha when it is left out

Each signs in with the password welcome-NAME. The gateway is the one that npm start started last, at ${gatewayUrl}.`;

await runMain(async () => {
  const { values } = readArguments({ name: 'npm run token', help, options: { agent: { type: 'string' } } });
  if (!(await isHealthy(gatewayUrl))) {
    throw new Sentence(`No gateway answers at ${gatewayUrl}: start it with npm start.`);
  }
  const name = typeof values['agent'] === 'string' ? values['agent'] : 'asha';
  try {
    const { accessToken } = await signIn(gatewayUrl, { name, password: `welcome-${name}` });
    console.log(accessToken);
  } catch (error) {
    throw new Sentence(`${(error as Error).message} The demo agents are ${names}.`);
  }
});
