-- Work that one process does for all that share this database; see store/lease.ts.
create table lease (
  name text primary key,
  holder uuid not null,
  expires_at timestamptz not null
);
