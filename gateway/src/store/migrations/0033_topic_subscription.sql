-- The topic a subscription belongs to, where a client made the topic; null at every other hub.
alter table hub_subscription add column parent_id text;
