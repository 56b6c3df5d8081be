import { failed, ok, warning, type Verdict } from './report.js';

type Violation = Pick<SecurityPolicyViolationEvent, 'effectiveDirective' | 'blockedURI' | 'disposition'>;

/** A report says `blockedURL` where an event says `blockedURI`. */
type ReportedViolation = Omit<Violation, 'blockedURI'> & { readonly blockedURL: string };

/**
 * Hears what the page's Content Security Policy blocks while the other checks probe; in browsers that remember, also
 * what it blocked before.
 */
export class PolicyWatch {
  readonly #violations: Violation[] = [];
  readonly #observer: ReportingObserver | undefined;

  constructor() {
    document.addEventListener('securitypolicyviolation', this.#take);
    if ('ReportingObserver' in globalThis) this.#observer = this.#observe();
  }

  /** @param origins ours: what is blocked elsewhere is not our concern. */
  verdict(origins: readonly string[]): Verdict {
    const ours = this.#violations.filter(({ effectiveDirective, blockedURI }) => {
      return origins.includes(originOf(blockedURI)) || effectiveDirective.includes('trusted-types');
    });
    const enforced = ours.find(({ disposition }) => disposition !== 'report');
    const found = enforced ?? ours[0];
    if (!found) return ok('The page’s Content Security Policy blocked nothing of ours.');
    const { effectiveDirective: directive, blockedURI } = found;
    const finding = `The page’s Content Security Policy blocks ${originOf(blockedURI) || blockedURI} by ${directive}.`;
    const advice = directive.includes('trusted-types')
      ? "Add trusted-types lit-html 'allow-duplicates' to the policy."
      : `Add ${originOf(blockedURI)} to ${directive} in the policy.`;
    return enforced ? failed(finding, advice) : warning(`${finding} It is only reported so far.`, advice);
  }

  stop(): void {
    document.removeEventListener('securitypolicyviolation', this.#take);
    this.#observer?.disconnect();
  }

  readonly #take = (violation: Violation): void => {
    this.#violations.push(violation);
  };

  #observe(): ReportingObserver {
    const observer = new ReportingObserver(
      (reports) => {
        for (const { body } of reports) {
          const { effectiveDirective, disposition, blockedURL } = body as unknown as ReportedViolation;
          this.#take({ effectiveDirective, disposition, blockedURI: blockedURL });
        }
      },
      { types: ['csp-violation'], buffered: true },
    );
    observer.observe();
    return observer;
  }
}

function originOf(uri: string): string {
  return URL.canParse(uri) ? new URL(uri).origin : '';
}
