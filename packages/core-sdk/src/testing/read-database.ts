/** Everything in a store of an IndexedDB database, by key, as it is stored; empty when there is no such database. */
export async function readDatabase(name: string, store: string): Promise<Map<string, unknown>> {
  const known = await indexedDB.databases();
  if (!known.some((database) => database.name === name)) return new Map();
  const database = await done(indexedDB.open(name));
  try {
    const objects = database.transaction(store).objectStore(store);
    const [keys, values] = await Promise.all([done(objects.getAllKeys()), done(objects.getAll())]);
    return new Map(keys.map((key, index): [string, unknown] => [key as string, values[index]]));
  } finally {
    database.close();
  }
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => {
      resolve(request.result);
    };
    request.onerror = () => {
      reject(request.error ?? new Error('The database does not answer.'));
    };
  });
}
