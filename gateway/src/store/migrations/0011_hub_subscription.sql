-- Who is told of events, and how far. The cursor is the last sequence of the event log that was delivered or passed over.
create table hub_subscription (
  id text primary key,
  -- The path of the hub it was registered at.
  hub text not null,
  topics text[] not null,
  callback text not null,
  query text not null default '',
  secret text not null,
  agent_id text not null,
  client_id text not null,
  created_at timestamptz not null default now(),
  cursor bigint not null,
  state text not null default 'active' check (state in ('active', 'paused')),
  attempts integer not null default 0,
  failing_since timestamptz,
  last_failure text,
  next_attempt_at timestamptz not null default now(),
  -- Only the holder of the lease delivers, so that of several replicas one does.
  lease_owner text,
  lease_until timestamptz,
  unique (hub, agent_id, callback, query)
);
create index event_log_topic on event_log (topic, sequence);
