-- Resources of the TM Forum APIs. One table holds every kind, so a new API needs no migration.
create table resource (
  kind text not null,
  id text not null,
  revision bigint not null default 1,
  document jsonb not null,
  -- The customers this resource is about: the filter of the event stream and of the customer context.
  customer_ids text[] not null default '{}',
  position bigint generated always as identity,
  primary key (kind, id)
);
create index resource_position on resource (kind, position);
create index resource_document on resource using gin (document jsonb_path_ops);

-- The last number given to a resource of each kind; ids are made from it.
create table resource_number (
  kind text primary key,
  last_number bigint not null
);

-- The head row is updated by every writer, which serialises them: sequences have no gap, also after a rollback, and
-- a reader that has seen sequence n can be sure that nothing at or below n will appear later.
create table event_log_head (
  singleton boolean primary key default true check (singleton),
  last_sequence bigint not null,
  first_sequence bigint not null
);
insert into event_log_head (last_sequence, first_sequence) values (0, 1);

create table event_log (
  sequence bigint primary key,
  event_id uuid not null,
  event_time timestamptz not null,
  event_type text not null,
  topic text not null,
  correlation_id text,
  customer_ids text[] not null,
  document jsonb not null
);
create index event_log_time on event_log (event_time);

-- One row per service and second, and the same rolled up to minutes. Times are epoch milliseconds.
create table measurement_1s (
  service_id text not null,
  sample_time bigint not null,
  latency double precision,
  packet_loss double precision,
  signal double precision,
  throughput double precision,
  primary key (service_id, sample_time)
);
create index measurement_1s_time on measurement_1s (sample_time);

create table measurement_1mn (
  service_id text not null,
  sample_time bigint not null,
  latency double precision,
  packet_loss double precision,
  signal double precision,
  throughput double precision,
  primary key (service_id, sample_time)
);
create index measurement_1mn_time on measurement_1mn (sample_time);

-- Standing faults of the simulated network, by cell or OLT.
create table network_condition (
  resource_id text primary key,
  condition text not null
);

create table agent (
  id text primary key,
  name text not null,
  password_hash text not null
);

-- Everything the OpenID provider remembers: sessions, grants, codes, refresh tokens.
create table oidc_payload (
  model text not null,
  id text not null,
  payload jsonb not null,
  grant_id text,
  uid text,
  consumed_at timestamptz,
  expires_at timestamptz,
  primary key (model, id)
);
create index oidc_payload_grant on oidc_payload (grant_id) where grant_id is not null;
create index oidc_payload_uid on oidc_payload (model, uid) where uid is not null;
create index oidc_payload_expiry on oidc_payload (expires_at);

-- Signing keys and cookie keys, so that tokens and sessions outlive the process.
create table secret (
  name text primary key,
  value jsonb not null
);

-- Facts about this database itself, such as the seed it was filled from.
create table setting (
  name text primary key,
  value jsonb not null
);

-- The moment an ISO 8601 text stands for, or null: filters compare dates by time although they are kept verbatim.
create function instant(value text) returns timestamptz
language plpgsql stable strict parallel safe set timezone = 'UTC' as $$
begin
  if value !~ '^\d{4}-\d{2}-\d{2}' then
    return null;
  end if;
  return value::timestamptz;
exception when others then
  return null;
end
$$;
