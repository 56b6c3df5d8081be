-- Who has done what. The text of a record is what counts and what the hash covers; the other columns are generated from it, so they
-- cannot say anything else. Each hash covers the one before, so a record that is changed or taken out breaks all that follow.
create table audit_head (
  singleton boolean primary key default true check (singleton),
  last_sequence bigint not null,
  last_hash bytea not null
);
insert into audit_head (last_sequence, last_hash) values (0, sha256('JioAssist audit trail'));

create table audit_record (
  sequence bigint primary key,
  hash bytea not null,
  record text not null,
  date text collate "C" not null generated always as (record::jsonb ->> 'date') stored,
  agent_id text not null generated always as (record::jsonb ->> 'agentId') stored,
  action text not null generated always as (record::jsonb ->> 'action') stored,
  outcome text not null generated always as (record::jsonb ->> 'outcome') stored,
  correlation_id text not null generated always as (record::jsonb ->> 'correlationId') stored,
  customer_ids jsonb not null generated always as (record::jsonb -> 'customerIds') stored
);
create index audit_record_agent on audit_record (agent_id, sequence);
create index audit_record_date on audit_record (date);
create index audit_record_action on audit_record (action, sequence);
create index audit_record_customers on audit_record using gin (customer_ids);

create function refuse_change() returns trigger
language plpgsql as $$
begin
  raise exception 'records of the audit trail are not changed';
end
$$;

create trigger audit_record_is_final before update or delete on audit_record
  for each row execute function refuse_change();
create trigger audit_record_is_kept before truncate on audit_record
  for each statement execute function refuse_change();
