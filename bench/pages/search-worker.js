import { serveSearch } from '@jioassist/km-panel/search.js';

serveSearch(globalThis);
