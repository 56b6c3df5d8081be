-- The telephone system of the demonstration: one row, so that its calls outlive a restart of the gateway.
create table simulated_switch (
  singleton boolean primary key default true check (singleton),
  state jsonb not null
);
