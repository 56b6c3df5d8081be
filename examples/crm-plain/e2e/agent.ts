import { readFileSync } from 'node:fs';
import { expect, type Locator, type Page } from '@playwright/test';

interface Account {
  id: string;
  name: string;
}

const accountsFile = new URL('../accounts.json', import.meta.url);
const accounts = JSON.parse(readFileSync(accountsFile, 'utf8')) as Account[];

/** The CRM's name for an account. */
export function accountName(id: string): string {
  const account = accounts.find((candidate) => candidate.id === id);
  if (!account) throw new Error(`the CRM has no account ${id}`);
  return account.name;
}

export function isAccount(id: string): boolean {
  return accounts.some((account) => account.id === id);
}

/** What an agent does and sees on the page, in the agent's words. */
export class Agent {
  readonly page: Page;
  readonly url: string;
  readonly assist: Locator;
  readonly widget: Locator;
  readonly services: Locator;
  readonly values: Locator;
  readonly errorCode: Locator;
  readonly signInButton: Locator;
  readonly accountList: Locator;

  constructor(page: Page, url: string) {
    this.page = page;
    this.url = url;
    this.assist = page.locator('jio-assist');
    this.widget = page.locator('jio-diagnostics');
    this.services = this.widget.locator('[part~="service"]');
    this.values = this.widget.locator('[part~="kpi"] [part~="value"]');
    this.errorCode = this.widget.locator('[part~="error-code"]');
    this.signInButton = this.widget.getByRole('button', { name: /sign in/i });
    this.accountList = page.getByRole('navigation', { name: 'Accounts' });
  }

  async open(accountId?: string): Promise<void> {
    await this.page.goto(accountId ? `${this.url}/#/accounts/${accountId}` : this.url);
    // By its id: on a narrow screen the list, and its count, are folded away.
    await expect(this.page.locator('#count')).toHaveText(/accounts/);
  }

  async choose(accountId: string): Promise<void> {
    const name = accountName(accountId);
    await this.accountList.getByRole('link', { name }).click();
    await expect(this.page.getByRole('heading', { level: 1, name })).toBeVisible();
  }

  async signIn(name = 'asha'): Promise<void> {
    const opened = this.page.waitForEvent('popup');
    await this.signInButton.click();
    await fillInSignIn(await opened, name);
    await this.isSignedIn();
  }

  /** Signs in where no window is opened: the page goes, and comes back. */
  async signInInPlace(name = 'asha'): Promise<void> {
    await this.signInButton.click();
    await fillInForm(this.page, name);
    await this.page.waitForURL((url) => url.origin === this.url);
    await this.isSignedIn();
  }

  async isSignedIn(): Promise<void> {
    await expect(this.widget).toHaveAttribute('data-state', /^(?!signed-out$)/, { timeout: 20_000 });
    await expect(this.signInButton).toBeHidden();
  }

  /** The widget shows live values of the account that is open. */
  async seesLiveValues(): Promise<void> {
    await this.isInState('ready');
    await expect(this.services.first()).toBeVisible();
    await this.seesValuesMove();
  }

  async seesValuesMove(): Promise<void> {
    const before = await this.values.allInnerTexts();
    expect(before.length, 'values on the screen').toBeGreaterThan(0);
    await expect(async () => {
      expect(await this.values.allInnerTexts()).not.toEqual(before);
    }).toPass({
      timeout: 10_000,
    });
  }

  async isInState(state: string): Promise<void> {
    await expect(this.widget).toHaveAttribute('data-state', state, { timeout: 20_000 });
  }

  async seesError(code: string): Promise<void> {
    await this.isInState('error');
    await expect(this.errorCode).toContainText(code);
  }

  /** Changes the page's HTML as an integrator's editor would, and its headers; call it before `open`. */
  async withMarkup(change: (html: string) => string, headers: Record<string, string> = {}): Promise<void> {
    // A document that the test answers has no address of its own, so Chromium asks before it may call loopback.
    await this.page.context().grantPermissions(['local-network-access']);
    const isPage = ({ origin, pathname }: URL) => origin === this.url && pathname === '/';
    await this.page.route(isPage, async (route) => {
      const response = await route.fetch();
      const body = change(await response.text());
      await route.fulfill({ response, headers: { ...response.headers(), ...headers }, body });
    });
  }
}

/** Signs in on the gateway's own page, from the keyboard, and waits for the window to close. */
export async function fillInSignIn(popup: Page, name: string): Promise<void> {
  // A browser that is signed in already may have closed it by now.
  const closed = popup.isClosed() ? Promise.resolve() : popup.waitForEvent('close');
  const password = popup.getByLabel(/password/i);
  // Where the browser is signed in already, the window closes without asking.
  const isAsked = password.waitFor().then(
    () => true,
    () => false,
  );
  if (await Promise.race([isAsked, closed.then(() => false)])) await fillInForm(popup, name);
  await closed;
}

async function fillInForm(page: Page, name: string): Promise<void> {
  const password = page.getByLabel(/password/i);
  await password.waitFor();
  await page
    .getByRole('textbox', { name: /user|name|agent/i })
    .first()
    .fill(name);
  await password.fill(`welcome-${name}`);
  await password.press('Enter');
}
