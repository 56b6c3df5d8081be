import '@jioassist/core-sdk/define.js';
import { define, type JioBadge, type JioBadges } from './index.js';

define();

declare global {
  interface HTMLElementTagNameMap {
    'jio-badges': JioBadges;
    'jio-badge': JioBadge;
  }
}
