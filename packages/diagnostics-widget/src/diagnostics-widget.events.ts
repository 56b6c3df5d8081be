import type { FeedbackVerdict } from './feedback.js';

declare module '@jioassist/core-sdk/actions.js' {
  interface JioActions {
    /** A TMF653 test of a service is run. */
    'service-test': { serviceId: string; testSpecificationId: string };
    /** A running test is ended. */
    'service-test-cancel': { serviceId: string; testId: string };
    /** The agent says whether an alarm was of use. */
    'anomaly-feedback': { alarmId: string; verdict: FeedbackVerdict };
  }
}
