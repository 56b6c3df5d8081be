import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import type { Queryable } from '../store/database.ts';
import type { Role } from './roles.ts';

export interface Agent {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly Role[];
  /** The telecom circles whose customers the agent may see; null means all of them. */
  readonly circles: readonly string[] | null;
}

const COLUMNS = 'id, name, roles, circles';

const deriveKey = promisify<
  string,
  Buffer,
  number,
  { N: number; r: number; p: number; maxmem: number },
  Buffer
>(scrypt);
const COST = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };
const KEY_LENGTH = 32;

/** A salted scrypt hash, written with its cost so that the cost can be raised later. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await deriveKey(password.normalize('NFKC'), salt, KEY_LENGTH, COST);
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

async function verifyPassword(password: string, hash: string): Promise<boolean> {
  const [, n, r, p, salt = '', key = ''] = hash.split('$');
  const cost = { ...COST, N: Number(n), r: Number(r), p: Number(p) };
  const expected = Buffer.from(key, 'base64url');
  const actual = await deriveKey(
    password.normalize('NFKC'),
    Buffer.from(salt, 'base64url'),
    expected.length,
    cost,
  );
  return timingSafeEqual(actual, expected);
}

/** The agents who may sign in. */
export class Agents {
  readonly #database: Queryable;
  /** Made at the start, so that not even the first unknown name takes longer. */
  readonly #decoy = hashPassword(randomBytes(16).toString('hex'));

  constructor(database: Queryable) {
    this.#database = database;
  }

  async find(id: string): Promise<Agent | undefined> {
    const [agent] = await this.#database.query<Agent>(`select ${COLUMNS} from agent where id = $1`, [id]);
    return agent;
  }

  /** An unknown name costs as much time as a wrong password, so that names cannot be probed. */
  async authenticate(id: string, password: string): Promise<Agent | undefined> {
    const [row] = await this.#database.query<Agent & { hash: string }>(
      `select ${COLUMNS}, password_hash as hash from agent where id = $1`,
      [id],
    );
    const correct = await verifyPassword(password, row?.hash ?? (await this.#decoy));
    if (!row || !correct) return undefined;
    const { name, roles, circles } = row;
    return { id: row.id, name, roles, circles };
  }
}
