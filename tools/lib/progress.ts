const quietFor = 1000;
const spinner = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

export const isTerminal = process.stdout.isTTY;

const paint = (code: string) => (text: string) =>
  isTerminal && !process.env['NO_COLOR'] ? `\x1b[${code}m${text}\x1b[0m` : text;

export const bold = paint('1');
export const dim = paint('2');
export const red = paint('31');
export const green = paint('32');
export const yellow = paint('33');
export const cyan = paint('36');

export function seconds(since: number): string {
  const elapsed = (performance.now() - since) / 1000;
  return elapsed < 10 ? `${elapsed.toFixed(1)} s` : `${Math.round(elapsed)} s`;
}

/**
 * Runs work under a title. Work that takes longer than a second shows that it is alive: a line that counts
 * seconds in a terminal, one plain line elsewhere.
 */
export async function withProgress<T>(title: string, work: () => Promise<T>): Promise<T> {
  const started = performance.now();
  const line = new LiveLine(title, started);
  const finish = (mark: string) => {
    if (line.end()) console.log(`${mark} ${title} ${dim(seconds(started))}`);
  };
  try {
    const result = await work();
    finish(green('✓'));
    return result;
  } catch (error) {
    finish(red('✗'));
    throw error;
  }
}

/** Says after a second that something still runs, and for how long. */
export class LiveLine {
  readonly #title: string;
  readonly #started: number;
  readonly #first: NodeJS.Timeout;
  #timer: NodeJS.Timeout | undefined;
  #shown = false;
  #frame = 0;

  constructor(title: string, started: number) {
    this.#title = title;
    this.#started = started;
    this.#first = setTimeout(this.#show, quietFor);
  }

  /** Takes the line away; true when it had been shown. */
  end(): boolean {
    clearTimeout(this.#first);
    clearInterval(this.#timer);
    if (this.#shown && isTerminal) process.stdout.write('\r\x1b[2K');
    return this.#shown;
  }

  readonly #show = (): void => {
    this.#shown = true;
    if (!isTerminal) {
      console.log(`  ${this.#title} …`);
      return;
    }
    this.#draw();
    this.#timer = setInterval(this.#draw, 100);
  };

  readonly #draw = (): void => {
    const frame = spinner[this.#frame++ % spinner.length];
    process.stdout.write(`\r\x1b[2K${frame} ${this.#title} ${dim(seconds(this.#started))}`);
  };
}
