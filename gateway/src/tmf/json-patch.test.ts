import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { ApiError } from './errors.ts';
import { applyJsonPatch, readJsonPatch } from './json-patch.ts';

const document = { name: 'Asha', status: 'active', note: [{ text: 'one' }, { text: 'two' }] };
const patch = (...operations: object[]) => applyJsonPatch(document, readJsonPatch(operations));

describe('JSON Patch', () => {
  const cases: [string, object, object][] = [
    ['adds an attribute', { op: 'add', path: '/age', value: 1 }, { ...document, age: 1 }],
    ['replaces', { op: 'replace', path: '/name', value: 'Ravi' }, { ...document, name: 'Ravi' }],
    ['removes', { op: 'remove', path: '/note' }, { name: 'Asha', status: 'active' }],
    [
      'adds at the end of a list',
      { op: 'add', path: '/note/-', value: { text: 'three' } },
      { ...document, note: [...document.note, { text: 'three' }] },
    ],
    [
      'changes one entry of a list',
      { op: 'replace', path: '/note/1/text', value: 'x' },
      { ...document, note: [{ text: 'one' }, { text: 'x' }] },
    ],
    [
      'moves',
      { op: 'move', from: '/name', path: '/alias' },
      { status: 'active', note: document.note, alias: 'Asha' },
    ],
    ['copies', { op: 'copy', from: '/note/0', path: '/first' }, { ...document, first: { text: 'one' } }],
    ['passes a test', { op: 'test', path: '/note/0', value: { text: 'one' } }, document],
    [
      'reads the escapes of a pointer',
      { op: 'add', path: '/a~1b~0c', value: 1 },
      { ...document, 'a/b~c': 1 },
    ],
  ];
  for (const [label, operation, result] of cases) {
    it(label, () => {
      assert.deepEqual(patch(operation), result);
    });
  }

  it('changes nothing when one of the operations fails', () => {
    const before = structuredClone(document);
    assert.throws(() => patch({ op: 'remove', path: '/name' }, { op: 'test', path: '/status', value: 'x' }));
    assert.deepEqual(document, before);
  });

  it('stops a patch that would grow without bound', () => {
    const bomb = Array.from({ length: 60 }, (_, index) => ({ op: 'copy', from: '', path: `/c${index}` }));
    assert.throws(() => patch(...bomb), { status: 413 });
  });

  it('ends in a document or a refusal, whatever it is given', () => {
    const step = fc.oneof(
      fc.constantFrom('name', 'note', '0', '-', '1', 'text', '__proto__', 'constructor', 'toString', ''),
      fc.string(),
    );
    const pointer = fc.array(step, { maxLength: 4 }).map((steps) => steps.map((each) => `/${each}`).join(''));
    const operation = fc.record(
      {
        op: fc.constantFrom('add', 'remove', 'replace', 'move', 'copy', 'test', '_get', 'constructor'),
        path: pointer,
        from: pointer,
        value: fc.jsonValue(),
      },
      { requiredKeys: ['op', 'path'] },
    );
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 6 }), (operations) => {
        const prototype = JSON.stringify(Object.getOwnPropertyNames(Object.prototype));
        try {
          const patched = patch(...operations);
          assert.deepEqual(patched, JSON.parse(JSON.stringify(patched)));
        } catch (error) {
          assert.ok(error instanceof ApiError && error.status < 500, String(error));
        }
        assert.equal(JSON.stringify(Object.getOwnPropertyNames(Object.prototype)), prototype);
      }),
      { numRuns: 2_000, seed: 7 },
    );
  });
});
