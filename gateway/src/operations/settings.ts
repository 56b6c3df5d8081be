import { variables } from '../config.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export interface Setting {
  readonly name: string;
  readonly value: string;
  /** Whether the environment gives it; otherwise it is the default. */
  readonly isSet: boolean;
}

/** Everything that can be set, as it is in force, without secrets. */
export function settingsIn(env: Environment): Setting[] {
  return Object.entries(variables).map(([name, byDefault]) => {
    const given = env[name] === '' ? undefined : env[name];
    const value = given ?? byDefault ?? 'not set';
    return { name, value: withoutSecret(name, value), isSet: given !== undefined };
  });
}

/** What looks like a setting of the gateway and is none: a misspelt name would otherwise go unnoticed. */
export function unknownSettings(env: Environment): string[] {
  return Object.keys(env).filter((name) => name.startsWith('JIOASSIST_') && !(name in variables));
}

/** A table for a person. */
export function settingsTable(settings: readonly Setting[]): string {
  const width = Math.max(...settings.map(({ name }) => name.length));
  return settings
    .map(({ name, value, isSet }) => `${name.padEnd(width)}  ${value}${isSet ? '' : '  (default)'}`)
    .join('\n');
}

/** The same for a program. */
export const settingsRecord = (settings: readonly Setting[]): Record<string, string> =>
  Object.fromEntries(settings.map(({ name, value }) => [name, value]));

function withoutSecret(name: string, value: string): string {
  if (/(SECRET|PASSWORD|KEY)$/.test(name)) return '***';
  return name === 'DATABASE_URL' ? withoutPassword(value) : value;
}

/** A query string may hold a password too. */
function withoutPassword(value: string): string {
  if (!URL.canParse(value)) return value === 'not set' ? value : '***';
  const url = new URL(value);
  const user = url.username === '' ? '' : `${url.username}${url.password === '' ? '' : ':***'}@`;
  return `${url.protocol}//${user}${url.host}${url.pathname}`;
}
