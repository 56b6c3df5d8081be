import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from '@playwright/test';
import { signIn } from '../../../gateway/src/auth/headless-sign-in.ts';
import { chromiumArgs } from '../../../tools/lib/chromium.ts';
import { Agent } from './agent.ts';
import { findClient, type PageWithClient } from './client.ts';
import { expect, test } from './fixtures.ts';
import { holds, Onlooker, readPage, readProfile, type Found } from './reachable.ts';

const CUSTOMER = 'C-1001';
/** What the agent writes; it names the customer’s number, as agents do. */
const NOTE = 'Asked to be called back';
/** What the test itself leaves in the browser, to see that the search would find what is there. */
const CONTROL = 'left-here-to-be-found-8f3a';
const PERSONAL = ['phoneNumber', 'emailAddress', 'street1', 'identificationId', 'birthDate'];

test('after a whole day’s work, nothing that a page can reach holds a token or personal data', async ({
  openStage,
}) => {
  test.setTimeout(120_000);
  const stage = await openStage({ JIOASSIST_ACCESS_TOKEN_TTL: '3' });
  const personal = await personalData(stage.gatewayUrl);
  const profile = mkdtempSync(join(tmpdir(), 'jioassist-profile-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env['CHROME_PATH'] ?? '/usr/bin/chromium',
    args: chromiumArgs,
  });
  const onlooker = new Onlooker();
  await onlooker.watch(context);
  const tokens = collectTokens(context);

  const pages = await work(context, stage.crm.url, personal[0] ?? '');
  const signedIn = await Promise.all(pages.map(readPage));
  await pages[0]?.evaluate(() => (globalThis as unknown as PageWithClient).client.auth.signOut());
  for (const page of pages) await new Agent(page, stage.crm.url).isInState('signed-out');
  const signedOut = await Promise.all(pages.map(readPage));
  await context.close();

  const { events, channels, addresses } = onlooker.seen;
  expect(events, 'what is looked at is there').toContain(`jio-customer-change {"customerId":"${CUSTOMER}"`);
  expect(channels).toContain('"type":"tokens"');
  expect(addresses).toContain('/oidc/auth?');
  expect(signedIn[0]?.['objects']).toContain(CUSTOMER);
  const secrets = await tokens();
  expect(secrets.length, 'tokens that went over the wire').toBeGreaterThan(8);
  for (const found of [...signedIn, ...signedOut, onlooker.seen]) {
    expectNone(found, secrets);
    // The client's objects are what a page reads a customer with; the number of a service is part of it.
    expectNone({ ...found, objects: '' }, personal);
  }
  const files = [...readProfile(profile)];
  const holding = (text: string) => files.filter(([, bytes]) => holds(bytes, text)).map(([file]) => file);
  expect(holding(CONTROL).length, 'the search finds what is there').toBeGreaterThan(1);
  for (const secret of [...secrets, ...personal, NOTE])
    expect(holding(secret), `${secret.slice(0, 12)}… on the disk`).toEqual([]);
  rmSync(profile, { recursive: true, force: true });
});

/** Two tabs, live values, a draft, a command, renewals, one of them lost, and a gateway that refuses something. */
async function work(context: BrowserContext, url: string, phoneNumber: string): Promise<Page[]> {
  const [first, second] = [new Agent(await context.newPage(), url), new Agent(await context.newPage(), url)];
  await first.page.bringToFront();
  await first.open(CUSTOMER);
  await first.signIn();
  await first.seesLiveValues();
  await second.open(CUSTOMER);
  await second.isSignedIn();
  await findClient(first.page);
  await first.page.evaluate(leaveWork, { note: `${NOTE} at ${phoneNumber}`, control: CONTROL });
  await loseOneRenewal(context, second.page);
  await first.page.route('**/tmf-api/serviceInventory/**', (route) => route.abort());
  await first.choose('C-1002');
  await first.isInState('error');
  await first.page.unroute('**/tmf-api/serviceInventory/**');
  await first.choose(CUSTOMER);
  await first.page.bringToFront();
  await first.seesLiveValues();
  return [first.page, second.page];
}

/** Runs in the page: what an agent writes, saved and not yet saved. */
async function leaveWork({ note, control }: { note: string; control: string }): Promise<void> {
  const { commands, drafts } = (globalThis as unknown as PageWithClient).client;
  await drafts.keep('note', note);
  const id = await commands.submit({
    api: 'tmf621',
    method: 'POST',
    path: '/troubleTicket',
    body: { description: note, severity: 'minor', ticketType: 'complaint' },
    lane: 'C-1001',
  });
  await commands.settled(id);
  localStorage.setItem('control', control);
  await new Promise((resolve, reject) => {
    const opening = indexedDB.open('control', 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore('texts').put(control, 1);
    opening.onsuccess = resolve;
    opening.onerror = reject;
  });
}

async function loseOneRenewal(context: BrowserContext, page: Page): Promise<void> {
  let lost = false;
  await context.route('**/oidc/token', async (route) => {
    if (lost) return route.continue();
    lost = true;
    await route.fetch();
    return route.abort();
  });
  await findClient(page);
  const renew = () =>
    page.evaluate(async () => {
      const { auth } = (globalThis as unknown as PageWithClient).client;
      const { value } = await auth.getToken();
      return (await auth.getToken({ refused: value })).value !== value;
    });
  await expect.poll(renew).toBe(true);
  expect(lost).toBe(true);
  await context.unroute('**/oidc/token');
}

/** Every token the sign-in server gave, and the middle of each: half a token is one too many. */
function collectTokens(context: BrowserContext): () => Promise<string[]> {
  const answers: Promise<string[]>[] = [];
  context.on('response', (response) => {
    if (!response.url().endsWith('/oidc/token') || !response.ok()) return;
    const read = async (): Promise<string[]> => {
      const body = (await response.json()) as Record<string, unknown>;
      const given = [body['access_token'], body['refresh_token'], body['id_token']];
      return given.filter((token): token is string => typeof token === 'string');
    };
    // Whoever closes the page first takes the body of an answer along.
    answers.push(read().catch(() => []));
  });
  return async () => (await Promise.all(answers)).flat().flatMap((token) => [token, token.slice(-48, -8)]);
}

/** What the gateway knows of the customer that no widget shows. */
async function personalData(gatewayUrl: string): Promise<string[]> {
  const { accessToken } = await signIn(gatewayUrl, { name: 'dev', password: 'welcome-dev' });
  const read = async (path: string): Promise<unknown> =>
    (
      await fetch(`${gatewayUrl}/tmf-api${path}`, { headers: { authorization: `Bearer ${accessToken}` } })
    ).json();
  const customer = (await read(`/customerManagement/v4/customer/${CUSTOMER}`)) as {
    engagedParty: { id: string };
  };
  const services = await read(`/serviceInventory/v4/service?relatedParty.id=${CUSTOMER}`);
  const party = await read(`/party/v4/individual/${customer.engagedParty.id}`);
  const values = [...textsUnder(PERSONAL, [customer, party]), ...msisdns(services)];
  expect(values.length, 'personal data to look for').toBeGreaterThan(3);
  const national = values.filter((value) => value.startsWith('+91')).map((value) => value.slice(3));
  return [...new Set([...values, ...national])];
}

function textsUnder(names: readonly string[], value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]: [string, unknown]) =>
    typeof part === 'string' && names.includes(name) ? [part] : textsUnder(names, part),
  );
}

function msisdns(services: unknown): string[] {
  const characteristics = (
    services as { serviceCharacteristic?: { name: string; value: string }[] }[]
  ).flatMap(({ serviceCharacteristic = [] }) => serviceCharacteristic);
  return characteristics.flatMap(({ name, value }) => (name === 'msisdn' ? [value] : []));
}

function expectNone(found: Found, secrets: readonly string[]): void {
  for (const [place, text] of Object.entries(found)) {
    const there = secrets.filter((secret) => text.includes(secret));
    expect(there, `in ${place}`).toEqual([]);
  }
}
