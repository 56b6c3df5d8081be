/* global document */
// A page of an integrator with a bundler and a sign-in of its own: it gives the token, and the widget shows data.
import { createJioAssist, hostToken } from '@jioassist/core-sdk';
import '@jioassist/core-sdk/define.js';
import '@jioassist/diagnostics-widget/define.js';

const assist = document.querySelector('jio-assist');
const { gateway, token } = assist.dataset;

assist.client = createJioAssist({
  gateway,
  auth: hostToken(() => Promise.resolve({ value: token, expiresAt: Date.now() + 3_600_000 })),
});
