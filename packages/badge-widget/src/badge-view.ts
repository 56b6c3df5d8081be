import type { Severity } from './rules/rule-set-schema.ts';

/** What a badge offers to do; `kind` and `target` say what that is to the page. */
export interface BadgeAction {
  readonly id: string;
  readonly kind: string;
  readonly target: string;
  label(locale: string): string;
}

/** A badge as it is shown. Texts are made when they are needed, in the language of then. */
export interface BadgeView {
  readonly id: string;
  readonly severity: Severity;
  /** 0 to 1. */
  readonly confidence: number;
  title(locale: string): string;
  why(locale: string): string;
  /** What it is concluded from: places in the fact model, and values. */
  evidence(locale: string): readonly (readonly [fact: string, value: string])[];
  /** Where that comes from: groups of the fact model. */
  readonly sources: readonly string[];
  readonly actions: readonly BadgeAction[];
}
