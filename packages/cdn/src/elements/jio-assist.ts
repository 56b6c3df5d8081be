import '@jioassist/core-sdk/define.js';
