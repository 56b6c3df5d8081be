import '@jioassist/core-sdk/define.js';
import { define, type JioBadgeStatistics } from './statistics/index.js';

define();

declare global {
  interface HTMLElementTagNameMap {
    'jio-badge-statistics': JioBadgeStatistics;
  }
}
