import '@jioassist/badge-widget/define.js';
