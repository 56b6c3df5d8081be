/** Something wrong with a file of articles, at a line its author can go to. */
export interface Problem {
  readonly file: string;
  /** Counts from 1. */
  readonly line: number;
  readonly message: string;
  /** An article with an error is not imported; one with a warning is, less what the warning names. */
  readonly severity: 'error' | 'warning';
}

/** Takes what is wrong with one file. */
export class ProblemList {
  readonly file: string;
  readonly #problems: Problem[] = [];

  constructor(file: string) {
    this.file = file;
  }

  get all(): readonly Problem[] {
    return this.#problems;
  }

  get hasErrors(): boolean {
    return this.#problems.some(({ severity }) => severity === 'error');
  }

  error(line: number, message: string): void {
    this.#problems.push({ file: this.file, line, message, severity: 'error' });
  }

  warn(line: number, message: string): void {
    this.#problems.push({ file: this.file, line, message, severity: 'warning' });
  }
}
