import '@jioassist/cti-phone/define.js';
