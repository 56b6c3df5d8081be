import { execFileSync, spawn } from 'node:child_process';
import {
  accessSync,
  chownSync,
  constants,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runCommand } from './command.ts';
import { anyPort } from './ports.ts';
import { withProgress } from './progress.ts';

/** The oldest version whose SQL we use. */
const oldestMajor = 14;
const startTimeout = 30_000;
const installTimeout = 180_000;
const host = '127.0.0.1';

export interface PostgresCluster {
  /** A superuser's connection to its first database. */
  url: string;
  version: string;
  stop(): Promise<void>;
}

/** A reason in words why there is no server. */
export interface NoPostgres {
  reason: string;
}

/**
 * A PostgreSQL server of our own: in a temporary folder, on a free port of this machine, as a user without rights.
 * Takes the programs that are installed, or on Debian, as root, installs the distribution's package. The settings are
 * those of the server's configuration file.
 */
export async function startPostgres(
  settings: Readonly<Record<string, string>> = {},
): Promise<PostgresCluster | NoPostgres> {
  if (process.platform === 'win32') return { reason: 'not supported on Windows' };
  const programs = findPrograms() ?? (await install());
  if (!programs) return { reason: 'no PostgreSQL server is installed, and none can be installed here' };
  const user = ordinaryUser();
  if (!user) return { reason: 'PostgreSQL does not run as root, and there is no user postgres or nobody' };
  return startCluster(programs, user, settings);
}

/** The folder of the newest server programs. */
function findPrograms(): string | undefined {
  const versioned = globSync('/usr/lib/postgresql/*/bin').sort(
    (a, b) => majorIn(dirname(b)) - majorIn(dirname(a)),
  );
  const folders = [...versioned, ...(process.env['PATH'] ?? '').split(':')];
  return folders.find((folder) => canRun(join(folder, 'initdb')) && canRun(join(folder, 'postgres')));
}

const majorIn = (path: string): number => Number(/(\d+)$/.exec(path)?.[1] ?? 0);

function canRun(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function install(): Promise<string | undefined> {
  if (process.getuid?.() !== 0 || !canRun('/usr/bin/apt-get') || !(await isDebian())) return undefined;
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args: string[]) =>
    runCommand('apt-get', ['-qq', ...args], { env, timeout: installTimeout });
  await withProgress('Installing the PostgreSQL server', async () => {
    await apt('update');
    await withoutCluster(() =>
      apt('install', '-o', 'DPkg::Options::=--force-confold', '-y', '--no-install-recommends', 'postgresql'),
    );
  });
  return findPrograms();
}

/** The package would make and start a server of its own, which nobody asked for. */
async function withoutCluster(install: () => Promise<unknown>): Promise<void> {
  const settings = '/etc/postgresql-common/createcluster.conf';
  if (existsSync(settings)) {
    await install();
    return;
  }
  mkdirSync(dirname(settings), { recursive: true });
  writeFileSync(settings, 'create_main_cluster = false\n');
  await install();
  rmSync(settings);
}

async function isDebian(): Promise<boolean> {
  const release = await readFile('/etc/os-release', 'utf8').catch(() => '');
  return /^ID(_LIKE)?=.*debian/m.test(release);
}

interface User {
  uid: number;
  gid: number;
}

/** Who the server runs as: PostgreSQL refuses root. */
function ordinaryUser(): User | undefined {
  const [uid = -1, gid = -1] = [process.getuid?.(), process.getgid?.()];
  if (uid !== 0) return { uid, gid };
  for (const name of ['postgres', 'nobody']) {
    try {
      const id = (flag: string) =>
        Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: 'pipe' }));
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      continue;
    }
  }
  return undefined;
}

async function startCluster(
  programs: string,
  user: User,
  settings: Readonly<Record<string, string>>,
): Promise<PostgresCluster | NoPostgres> {
  const version = execFileSync(join(programs, 'postgres'), ['--version'], { encoding: 'utf8' }).trim();
  if (majorIn(/\d+/.exec(version)?.[0] ?? '') < oldestMajor) return { reason: `${version} is too old` };
  const folder = mkdtempSync(join(tmpdir(), 'jioassist-postgres-'));
  chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const remove = () => {
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    initialise(programs, data, user);
    const port = await anyPort(host);
    const stop = await serve(programs, { data, folder, port, user, settings });
    return {
      url: `postgres://postgres@${host}:${port}/postgres`,
      version: version.replace(/^postgres \(PostgreSQL\) /, 'PostgreSQL '),
      stop: async () => {
        await stop();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}

function initialise(programs: string, data: string, user: User): void {
  const options = ['--username=postgres', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'];
  execFileSync(join(programs, 'initdb'), [`--pgdata=${data}`, ...options], {
    ...user,
    cwd: dirname(data),
    stdio: 'pipe',
  });
}

interface Place {
  data: string;
  folder: string;
  port: number;
  user: User;
  settings: Readonly<Record<string, string>>;
}

/** Runs the server until it accepts connections; resolves to the way to stop it. */
async function serve(programs: string, place: Place): Promise<() => Promise<void>> {
  const { data, folder, port, user } = place;
  const own = { listen_addresses: host, unix_socket_directories: folder, max_connections: '200' };
  const args = Object.entries({ ...place.settings, ...own }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const server = spawn(join(programs, 'postgres'), ['-D', data, '-p', String(port), ...args], {
    ...user,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = new Promise<void>((resolve) =>
    server.once('close', () => {
      resolve();
    }),
  );
  const last = () => {
    server.kill('SIGQUIT');
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', last);
  await ready(server, ended);
  return async () => {
    process.off('exit', last);
    // The fast shutdown: it does not wait for clients.
    server.kill('SIGINT');
    await ended;
  };
}

function ready(server: ReturnType<typeof spawn>, ended: Promise<void>): Promise<void> {
  let said = '';
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      server.kill('SIGQUIT');
      reject(new Error(`PostgreSQL did not start in time.\n${said}`));
    }, startTimeout);
    server.stderr?.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-5_000);
      if (!said.includes('ready to accept connections')) return;
      clearTimeout(timer);
      resolve();
    });
    void ended.then(() => {
      clearTimeout(timer);
      reject(new Error(`PostgreSQL ended.\n${said}`));
    });
  });
}
