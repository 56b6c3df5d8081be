import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { publicPackages, stagePackage } from './pack.ts';

it('describes the elements of a staged package, and leaves the package as it was', async () => {
  const described = publicPackages().filter(({ manifest }) => manifest.exports?.['./custom-elements.json']);
  assert.ok(described.length > 0);
  for (const item of described) {
    const before = readFileSync(join(item.folder, 'package.json'), 'utf8');
    const staged = await stagePackage(item);
    assert.equal(readFileSync(join(item.folder, 'package.json'), 'utf8'), before, item.manifest.name);
    assert.equal(readFileSync(join(staged, 'package.json'), 'utf8'), before, item.manifest.name);
    const { modules } = JSON.parse(readFileSync(join(staged, 'custom-elements.json'), 'utf8')) as {
      modules: { declarations: { tagName?: string; customElement?: boolean }[] }[];
    };
    assert.ok(modules.some(({ declarations }) => declarations.some(({ customElement }) => customElement)));
  }
});
