import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CallOptions, TestGateway } from './gateway.ts';

/** What is wrong, where it is sent, how, and the status and code of the answer. */
export type Refusal = readonly [
  label: string,
  path: string,
  options: CallOptions,
  status: number,
  code: string,
];

/** Sends each malformed request and checks that it is refused in the shape of every failure, and tells nothing more. */
export function describeRefusals(
  what: string,
  gateway: () => TestGateway,
  refusals: readonly Refusal[],
): void {
  void describe(what, () => {
    for (const [label, path, options, status, code] of refusals) {
      void it(`answers ${status} ${code} to ${label}`, async () => {
        const answer = await gateway().call(path, options);
        assert.deepEqual([answer.status, answer.body.code], [status, code], JSON.stringify(answer.body));
        assert.deepEqual(Object.keys(answer.body), ['code', 'reason', 'message', 'status', '@type']);
        assert.equal(answer.body.status, String(status));
        assert.equal(answer.body['@type'], 'Error');
        assert.doesNotMatch(JSON.stringify(answer.body), /at .*\.(ts|js):|select |node_modules/);
      });
    }
  });
}

export const post = (body: unknown, headers: Record<string, string> = {}): CallOptions => ({
  method: 'POST',
  body,
  headers,
});
export const patch = (body: unknown, headers: Record<string, string> = {}): CallOptions => ({
  method: 'PATCH',
  body,
  headers,
});
