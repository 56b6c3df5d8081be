import '@jioassist/badge-widget/define-statistics.js';
