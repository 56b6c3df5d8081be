import '@jioassist/km-panel/search-worker.js';
