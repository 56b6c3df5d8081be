-- The rules that decide who gets which badge. The newest is in force; the others say what was in force when.
create table badge_rule_set (
  revision bigint generated always as identity primary key,
  source text not null,
  agent_id text not null,
  created_at timestamptz not null default now()
);

-- A badge that was on the screen of an agent: once for each contact, however often it was drawn.
create table badge_showing (
  customer_id text not null,
  badge text not null,
  contact text not null,
  agent_id text not null,
  shown_at timestamptz not null default now(),
  primary key (customer_id, badge, contact, agent_id)
);
create index badge_showing_of_agent on badge_showing (agent_id, shown_at);
create index badge_showing_by_time on badge_showing (shown_at);

-- What an agent did about a badge.
create table badge_dealing (
  number bigint generated always as identity primary key,
  customer_id text not null,
  badge text not null,
  outcome text not null,
  reason text,
  contact text,
  agent_id text not null,
  interaction_id text,
  dealt_at timestamptz not null default now()
);
create index badge_dealing_of_customer on badge_dealing (customer_id, dealt_at);
create index badge_dealing_of_badge on badge_dealing (badge, dealt_at);
