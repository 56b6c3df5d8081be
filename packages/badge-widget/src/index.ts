export { define } from './badge-widget.define.js';
export type { BadgeAction, BadgeView } from './badge-view.js';
export { BADGE_LAYOUTS, JioBadges, type BadgeLayout } from './badge-widget.js';
export {
  BADGE_STATUSES,
  badgesOf,
  BadgesModel,
  type BadgeOutcome,
  type BadgesState,
  type BadgeStatus,
} from './badge-widget.model.js';
export { JioBadge } from './single-badge.js';
