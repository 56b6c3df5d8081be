export { define } from './diagnostics-widget.define.js';
export { JioDiagnostics } from './diagnostics-widget.js';
export {
  DiagnosticsModel,
  STATUSES,
  type DiagnosticsState,
  type DiagnosticsStatus,
  type KpiView,
  type ServiceView,
} from './diagnostics-widget.model.js';
