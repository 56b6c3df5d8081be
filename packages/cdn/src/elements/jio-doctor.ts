import '@jioassist/core-sdk/define-doctor.js';
