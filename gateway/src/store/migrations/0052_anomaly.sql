-- What the detectors of a service's indicators had learned when they were last saved; what was measured since is
-- observed again from measurement_1s. See docs/adr/0052.
create table anomaly_state (
  service_id text not null,
  indicator text not null,
  observed_until bigint not null,
  detector bytea not null,
  watch jsonb not null,
  primary key (service_id, indicator)
);

-- What agents think of alarms. One agent has one verdict on one alarm.
create table anomaly_feedback (
  id bigint generated always as identity primary key,
  alarm_id text not null,
  service_id text not null,
  category text not null,
  indicator text not null,
  verdict text not null check (verdict in ('useful', 'noise')),
  comment text,
  agent_id text not null,
  customer_ids text[] not null,
  given_at timestamptz not null default now(),
  unique (alarm_id, agent_id)
);
create index anomaly_feedback_indicator on anomaly_feedback (category, indicator);
