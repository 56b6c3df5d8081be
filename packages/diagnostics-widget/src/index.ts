import './diagnostics-widget.events.js';

export { define } from './diagnostics-widget.define.js';
export { JioDiagnostics } from './diagnostics-widget.js';
export {
  DiagnosticsModel,
  SOURCES,
  STATUSES,
  type DiagnosticsState,
  type DiagnosticsStatus,
  type Failure,
  type Source,
} from './diagnostics-widget.model.js';
export type { Announcement } from './announcer.js';
export type { Band } from './band-watch.js';
export { CAUSES, STANDINGS, type Cause, type CauseId, type Standing, type Why } from './explanation.js';
export { FEEDBACK, type FeedbackVerdict } from './feedback.js';
export { SEVERITIES, type Finding, type Severity } from './finding.js';
export type { Series } from './series.js';
export type { KpiView, ServiceView } from './service-view.js';
export { HEALTHS, type Health, type Verdict } from './verdict.js';
