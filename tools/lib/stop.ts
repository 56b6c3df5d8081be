/** An error whose message is meant for the person at the keyboard: no stack is shown. */
export class Sentence extends Error {}

/** Runs a command's main function; a `Sentence` ends it with exit code 1 and nothing but its words. */
export async function runMain(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof Sentence ? error.message : error);
    process.exitCode = 1;
  }
}
