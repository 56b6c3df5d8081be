-- The first answer to each keyed write, stored in the transaction of the write itself.
create table idempotency_key (
  agent_id text not null,
  client_id text not null,
  key text not null,
  -- What was asked: a hash of method, address and body.
  fingerprint bytea not null,
  status smallint,
  headers jsonb,
  -- Text, because the answer is given again exactly as it was.
  body text,
  created_at timestamptz not null default now(),
  primary key (agent_id, client_id, key)
);
create index idempotency_key_age on idempotency_key (created_at);
