-- Faults of the simulated network, one row for each service that has one. Times are epoch milliseconds.
create table network_fault (
  id bigint generated always as identity primary key,
  service_id text not null,
  kind text not null,
  started_at bigint not null,
  -- How much faster than the clock the fault grows.
  speed double precision not null,
  -- From then on it fades.
  ended_at bigint,
  -- What put it there, such as a scenario or a test.
  origin text not null
);
create index network_fault_service on network_fault (service_id);

-- The scenario that runs, if one does.
create table scenario_run (
  singleton boolean primary key default true check (singleton),
  name text not null,
  seed bigint not null,
  speed double precision not null,
  started_at bigint not null,
  -- The ids of the affected services and resources, and the alarms they are to have.
  cast_list jsonb not null,
  -- How many steps of the story are done.
  steps_done integer not null default 0,
  -- What was changed in resources, latest last, so that it can be taken back.
  changes jsonb not null default '[]'
);
