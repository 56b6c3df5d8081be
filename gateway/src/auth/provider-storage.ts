import { createHash } from 'node:crypto';
import { errors, type Adapter, type AdapterPayload } from 'oidc-provider';
import type { Database } from '../store/database.ts';

/** The ids of these are the secrets themselves, so only their hash is stored. */
const REPLAY_DETECTION = 'ReplayDetection';
const BEARER_MODELS = new Set(['RefreshToken', 'AuthorizationCode']);

/**
 * Seconds in which a refresh token that was spent may be spent again with a proof by the key it is bound to. The answer to the
 * first time may be lost; a page notices after its time limit of ten seconds, and asks again.
 */
const REUSE_GRACE = 30;

interface PayloadRow {
  payload: AdapterPayload;
  consumed: number | null;
  lately: boolean | null;
}

const SELECT = `select payload, extract(epoch from consumed_at)::float8 as consumed,
  consumed_at > now() - interval '${REUSE_GRACE} s' as lately from oidc_payload`;
const LIVE = '(expires_at is null or expires_at > now())';

/** The OpenID provider's storage on our database: what it remembers survives a restart. */
export function providerStorage(database: Database): (model: string) => Adapter {
  return (model) => new StoredModel(model, database);
}

export async function forgetExpiredPayloads(database: Database): Promise<void> {
  await database.query('delete from oidc_payload where expires_at < now()');
}

class StoredModel implements Adapter {
  readonly #model: string;
  readonly #database: Database;

  constructor(model: string, database: Database) {
    this.#model = model;
    this.#database = database;
  }

  async upsert(id: string, payload: AdapterPayload, expiresIn?: number): Promise<void> {
    if (this.#model === REPLAY_DETECTION) return this.#claim(id, payload, expiresIn);
    const { jti, ...rest } = payload;
    await this.#database.query(
      `insert into oidc_payload (model, id, payload, grant_id, uid, expires_at)
       values ($1, $2, $3, $4, $5, now() + $6::float8 * interval '1 second')
       on conflict (model, id) do update set payload = excluded.payload, grant_id = excluded.grant_id,
         uid = excluded.uid, expires_at = excluded.expires_at`,
      [
        this.#model,
        this.#key(id),
        JSON.stringify(BEARER_MODELS.has(this.#model) ? rest : { jti, ...rest }),
        payload.grantId ?? null,
        payload.uid ?? null,
        expiresIn ?? null,
      ],
    );
  }

  /** The provider looks before it stores; between the two, another replica may have taken the same DPoP proof. */
  async #claim(id: string, payload: AdapterPayload, expiresIn?: number): Promise<void> {
    const rows = await this.#database.query(
      `insert into oidc_payload (model, id, payload, expires_at)
       values ($1, $2, $3, now() + $4::float8 * interval '1 second') on conflict do nothing returning 1`,
      [this.#model, id, JSON.stringify(payload), expiresIn ?? null],
    );
    if (rows.length === 0) throw new errors.InvalidGrant('DPoP proof JWT Replay detected');
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    const found = await this.#select('id = $2', this.#key(id));
    return found && BEARER_MODELS.has(this.#model) ? { ...found, jti: id } : found;
  }

  findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return this.#select('uid = $2', uid);
  }

  /** Only the device flow has user codes, and it is not offered. */
  findByUserCode(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  async consume(id: string): Promise<void> {
    // The first time counts, so that spending a token again does not prolong its grace.
    await this.#database.query(
      'update oidc_payload set consumed_at = coalesce(consumed_at, now()) where model = $1 and id = $2',
      [this.#model, this.#key(id)],
    );
  }

  async destroy(id: string): Promise<void> {
    await this.#database.query('delete from oidc_payload where model = $1 and id = $2', [
      this.#model,
      this.#key(id),
    ]);
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    await this.#database.query('delete from oidc_payload where grant_id = $1', [grantId]);
  }

  async #select(condition: string, value: string): Promise<AdapterPayload | undefined> {
    const [row] = await this.#database.query<PayloadRow>(
      `${SELECT} where model = $1 and ${condition} and ${LIVE}`,
      [this.#model, value],
    );
    if (!row || row.consumed === null || this.#isForgiven(row)) return row?.payload;
    return { ...row.payload, consumed: Math.floor(row.consumed) };
  }

  /** Without a key, whoever spends a token again may be a thief; with one, the provider asks for the same key's proof. */
  #isForgiven({ payload, lately }: PayloadRow): boolean {
    return this.#model === 'RefreshToken' && typeof payload['jkt'] === 'string' && lately === true;
  }

  #key(id: string): string {
    return BEARER_MODELS.has(this.#model) ? createHash('sha256').update(id).digest('base64url') : id;
  }
}
