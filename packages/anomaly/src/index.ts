export { anomalyThreshold, createDetector } from './detector.ts';
export { AnomalyError, anomalyErrorCodes, type AnomalyErrorCode } from './errors.ts';
export {
  anomalyReasons,
  type AnomalyReason,
  type Assessment,
  type Detector,
  type DetectorOptions,
  type IgnoredBecause,
} from './types.ts';
