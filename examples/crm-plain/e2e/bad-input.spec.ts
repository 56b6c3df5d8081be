import { startCrm } from '../server.ts';
import { accountName, Agent } from './agent.ts';
import { expect, test } from './fixtures.ts';
import { startHtmlGateway } from './html-gateway.ts';
import { FAILED_REQUEST, type Problems } from './problems.ts';

/** Allows the one message that a developer should find, and says afterwards whether it was the only one. */
function expectOneMessage(problems: Problems, code: string): () => void {
  problems.allow(FAILED_REQUEST, new RegExp(`^\\[JioAssist\\] ${code}: `));
  return () => {
    expect(problems.ours, 'messages of JioAssist').toHaveLength(1);
  };
}

/** The page goes on working: another record opens, and a call can be logged on it. */
async function canStillWork(agent: Agent, accountId = 'C-1003'): Promise<void> {
  const { page } = agent;
  await agent.choose(accountId);
  await page.getByRole('button', { name: 'Log a call' }).click();
  await page.getByLabel('What was it about?').fill('Asked for the invoice.');
  await page.getByRole('button', { name: 'Add to activity' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'Asked for the invoice.' })).toBeVisible();
}

test('a customer that JioAssist does not know', async ({ agent, problems }) => {
  const checkMessages = expectOneMessage(problems, 'customer/not-found');
  await agent.open('C-9999');
  await agent.signIn();
  await agent.seesError('customer/not-found');
  await expect(agent.page.getByText('JioAssist: error customer/not-found')).toBeVisible();
  await canStillWork(agent);
  await agent.seesLiveValues();
  await agent.choose('C-9999');
  await agent.seesError('customer/not-found');
  checkMessages();
});

test('an empty customer-id', async ({ agent, page, problems }) => {
  const checkMessages = expectOneMessage(problems, 'config/invalid-attribute');
  await agent.open('C-1001');
  await agent.assist.evaluate((element) => {
    element.setAttribute('customer-id', '');
  });
  await agent.seesError('config/invalid-attribute');
  await expect(agent.widget).toContainText('customer-id');
  expect(problems.ours.join()).toContain('customer-id');
  await canStillWork(agent);
  await agent.isInState('signed-out');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(accountName('C-1003'));
  checkMessages();
});

for (const gateway of ['assist.example', 'javascript:alert(1)', '']) {
  test(`a gateway address that is not one: "${gateway}"`, async ({ agent, problems }) => {
    const checkMessages = expectOneMessage(problems, 'config/invalid-attribute');
    await agent.withMarkup((html) => html.replace(/(<jio-assist [^>]*gateway=)"[^"]*"/, `$1"${gateway}"`));
    await agent.open('C-1001');
    await agent.seesError('config/invalid-attribute');
    expect(problems.ours.join()).toContain('gateway');
    await canStillWork(agent);
    checkMessages();
  });
}

test('a gateway that answers with a web page', async ({ page, problems, stage }) => {
  const checkMessages = expectOneMessage(problems, 'api/not-json');
  const html = await startHtmlGateway(stage.gatewayUrl);
  const crm = await startCrm({ host: '127.0.0.1', port: 0, gatewayUrl: html.url });
  try {
    const agent = new Agent(page, crm.url);
    await agent.open('C-1001');
    await agent.seesError('api/not-json');
    await canStillWork(agent);
    checkMessages();
  } finally {
    await Promise.all([crm.close(), html.close()]);
  }
});

test('a page whose origin is not on the allow-list', async ({ page, problems, stage }) => {
  const checkMessages = expectOneMessage(problems, 'network/origin-not-allowed');
  const crm = await startCrm({ host: '127.0.0.1', port: 0, gatewayUrl: stage.gatewayUrl });
  try {
    const agent = new Agent(page, crm.url);
    await agent.open('C-1001');
    await agent.seesError('network/origin-not-allowed');
    expect(problems.ours.join(), 'names the origin to allow').toContain(crm.url);
    await canStillWork(agent);
    checkMessages();
  } finally {
    await crm.close();
  }
});

test('no gateway at all: the page works without the widget', async ({ page, problems }) => {
  problems.allow(FAILED_REQUEST);
  // Port 1 is reserved and listened to by nobody; browsers refuse it too.
  const crm = await startCrm({ host: '127.0.0.1', port: 0, gatewayUrl: 'http://127.0.0.1:1' });
  try {
    const agent = new Agent(page, crm.url);
    await agent.open('C-1001');
    await canStillWork(agent);
  } finally {
    await crm.close();
  }
});
