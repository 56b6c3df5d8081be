export { JioBadgeStatistics } from './badge-statistics.js';
export {
  BadgeStatisticsModel,
  PERIODS,
  STATISTICS_STATUSES,
  type Period,
  type StatisticsState,
  type StatisticsStatus,
} from './badge-statistics.model.js';
export type { BadgeTitles } from './badge-titles.js';
export { define } from './badge-statistics.define.js';
