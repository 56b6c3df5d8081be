import './rule-workbench/rule-workbench.js';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { expect, userEvent, waitFor } from 'storybook/test';

const meta: Meta = {
  title: 'Tools/Rule workbench',
  parameters: {
    layout: 'fullscreen',
    controls: { disable: true },
    docs: {
      description: {
        component:
          'Write a badge rule and see at once what is wrong with it, which sample customers would get its badge, and how ' +
          'that looks. `npx @jioassist/badge-widget check rules.json` checks a whole rule set in the same way.',
      },
    },
  },
  render: () => html`<rule-workbench></rule-workbench>`,
};
export default meta;

type Story = StoryObj;

const rootOf = (canvas: HTMLElement): ShadowRoot => {
  const root = canvas.querySelector('rule-workbench')?.shadowRoot;
  if (!root) throw new Error('There is no workbench.');
  return root;
};
const editorOf = (root: ShadowRoot): HTMLTextAreaElement =>
  root.querySelector('textarea') as HTMLTextAreaElement;
const badgeOf = (root: ShadowRoot) => root.querySelector('jio-badges')?.shadowRoot?.querySelector('.badge');
const PATIENT = { timeout: 10_000 };

function write(root: ShadowRoot, from: string, to: string): void {
  const editor = editorOf(root);
  editor.value = editor.value.replace(from, to);
  editor.setSelectionRange(editor.value.indexOf(to) + to.length, editor.value.indexOf(to) + to.length);
  editor.dispatchEvent(new Event('input', { bubbles: true }));
}

/** A rule in order: who gets it, and the badge as the agent sees it. */
export const Default: Story = {
  play: async ({ canvasElement }) => {
    const root = rootOf(canvasElement);
    await waitFor(() => expect(badgeOf(root)?.textContent).toContain('Outage in Hyderabad'), PATIENT);
    await expect(root.textContent).toContain('1 of 7 customers get the badge.');
    await expect(root.textContent).toContain('not known: network.isOutage');
  },
};

/** Each problem says its line and column, and leads there. */
export const Problems: Story = {
  play: async ({ canvasElement }) => {
    const root = rootOf(canvasElement);
    await waitFor(() => expect(editorOf(root).value).toContain('network.isOutage'), PATIENT);
    write(root, '"network.isOutage"', '"network.isOutige && customer.ageYears > 60"');
    write(root, 'Outage in {network.area}', 'Outage in {network.aera}');
    await waitFor(() => expect(root.textContent).toContain('Problems: 2'), PATIENT);
    root.querySelector<HTMLButtonElement>('.problems button')?.click();
    const { selectionStart, selectionEnd, value } = editorOf(root);
    await expect(value.slice(selectionStart, selectionEnd)).toContain('isOutige');
    await expect(root.textContent).toContain('Nobody, while the rule has problems.');
  },
};

/** Facts are completed by the keyboard; the samples follow. */
export const Completion: Story = {
  play: async ({ canvasElement }) => {
    const root = rootOf(canvasElement);
    await waitFor(() => expect(editorOf(root).value).toContain('network.isOutage'), PATIENT);
    write(root, 'network.isOutage', 'billing.overdueD');
    await waitFor(() =>
      expect(root.querySelector('.completion button')?.textContent).toContain('billing.overdueDays'),
    );
    editorOf(root).focus();
    await userEvent.keyboard('{Control>} {/Control}');
    await userEvent.keyboard(' >= 6');
    await waitFor(() => expect(root.querySelector('.state')?.textContent).toBe('The rule is in order.'));
    await expect(root.querySelectorAll('.verdict.yes')).toHaveLength(1);
  },
};

export const Dark: Story = { globals: { theme: 'dark' } };
