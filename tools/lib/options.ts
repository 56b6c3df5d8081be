import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { Sentence } from './stop.ts';

export interface Command {
  /** What the person types, for example `npm start`. */
  name: string;
  help: string;
  options: ParseArgsOptionsConfig;
  /** How many bare words the command takes; none when left out. */
  words?: number;
}

export interface Arguments {
  values: Record<string, string | boolean | undefined>;
  words: string[];
}

/** Reads the command line; `--help` prints the help and ends the process. */
export function readArguments(command: Command, argv = process.argv.slice(2)): Arguments {
  const parsed = parse(command, argv);
  if (parsed.values['help'] === true) {
    console.log(command.help);
    process.exit(0);
  }
  const extra = parsed.positionals[command.words ?? 0];
  if (extra !== undefined) {
    throw new Sentence(
      `${command.name} takes no "${extra}". Options follow two dashes: ${command.name} -- --help lists them.`,
    );
  }
  return { values: parsed.values as Arguments['values'], words: parsed.positionals };
}

function parse(command: Command, args: string[]): ReturnType<typeof parseArgs> {
  const options: ParseArgsOptionsConfig = { ...command.options, help: { type: 'boolean' } };
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true });
  } catch (error) {
    const [reason] = (error as Error).message.split('. ');
    throw new Sentence(`${reason ?? 'Bad option'}. ${command.name} -- --help lists the options.`);
  }
}

/** A port number from an option, or undefined when the option was not given. */
export function readPort(args: Arguments, option: string): number | undefined {
  const text = args.values[option];
  if (text === undefined) return undefined;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1 && port <= 65535) return port;
  throw new Sentence(`--${option} must be a port number from 1 to 65535, not "${String(text)}".`);
}
