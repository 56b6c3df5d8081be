import * as valibot from 'valibot';

// The SDK's way to valibot: everything as it is, but for `object`.
export * from 'valibot';

/**
 * valibot finds the fields of an object with `for … in`, which also finds what an old script of the page hung on
 * `Object.prototype`. Entries that inherit nothing cannot be added to.
 */
export const object = ((entries: valibot.ObjectEntries, message?: string) =>
  valibot.object(
    Object.assign(Object.create(null) as valibot.ObjectEntries, entries),
    message,
  )) as typeof valibot.object;
