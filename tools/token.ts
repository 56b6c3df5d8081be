import { signIn } from '../gateway/src/auth/headless-sign-in.ts';
import { isHealthy, readAddresses } from './lib/addresses.ts';
import { readArguments } from './lib/options.ts';
import { runMain, Sentence } from './lib/stop.ts';

const help = `npm run -s token [-- --agent NAME]
Prints an access token of a demo agent (asha, or ravi) for the running gateway, and nothing else:

  curl -H "Authorization: Bearer $(npm run -s token)" http://127.0.0.1:4300/tmf-api/customerManagement/v4/customer`;

await runMain(async () => {
  const { values } = readArguments({ name: 'npm run token', help, options: { agent: { type: 'string' } } });
  const { gatewayUrl } = readAddresses();
  if (!(await isHealthy(gatewayUrl))) {
    throw new Sentence(`No gateway answers at ${gatewayUrl}: start it with npm start.`);
  }
  const name = typeof values['agent'] === 'string' ? values['agent'] : 'asha';
  try {
    const { accessToken } = await signIn(gatewayUrl, { name, password: `welcome-${name}` });
    console.log(accessToken);
  } catch (error) {
    throw new Sentence(`${(error as Error).message} The demo agents are asha and ravi.`);
  }
});
