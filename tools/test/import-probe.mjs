// Runs in a folder where the packed packages are installed, on the plain Node of the machine: imports one entry
// and prints what of the browser our own code touched while it loaded.
const browserGlobals = [
  'window',
  'document',
  'location',
  'localStorage',
  'sessionStorage',
  'indexedDB',
  'customElements',
  'HTMLElement',
];
const touched = new Set();

for (const name of browserGlobals) {
  let value;
  Object.defineProperty(globalThis, name, {
    configurable: true,
    get() {
      // Lit stands in for some of these on a server; only what our packages read counts.
      const caller = new Error().stack.split('\n')[2] ?? '';
      if (caller.includes('/@jioassist/')) touched.add(name);
      return value;
    },
    set(next) {
      value = next;
    },
  });
}

const exported = Object.keys(await import(process.argv[2]));
console.log(JSON.stringify({ exported, touched: [...touched] }));
