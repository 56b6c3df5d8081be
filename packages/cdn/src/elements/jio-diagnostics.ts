import '@jioassist/diagnostics-widget/define.js';
