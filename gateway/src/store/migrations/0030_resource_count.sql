-- How many resources there are of each kind, in all and by the attributes that lists are filtered by most. Changes are
-- added as rows and never updated: a counter that writers shared would make them wait for, and deadlock, each other.
create table resource_count (
  kind text not null,
  -- Empty for the whole kind.
  attribute text not null,
  value text not null,
  amount bigint not null
);
create index resource_count_key on resource_count (kind, attribute, value) include (amount);

-- What a resource is counted under.
create function counted_under(document jsonb) returns table (attribute text, value text)
language sql immutable parallel safe as $$
  select '', ''
  union all
  select name, document->>name from unnest(array['category', 'priority', 'severity', 'state', 'status']) as name
  where jsonb_typeof(document->name) = 'string' and length(document->>name) <= 100
$$;

create function count_new_resources() returns trigger language plpgsql as $$
begin
  insert into resource_count
  select kind, attribute, value, count(*) from after, counted_under(document) group by kind, attribute, value;
  return null;
end
$$;
create trigger resource_insert_count after insert on resource
  referencing new table as after for each statement execute function count_new_resources();

create function count_changed_resources() returns trigger language plpgsql as $$
begin
  insert into resource_count
  select kind, attribute, value, sum(amount) from (
    select kind, attribute, value, 1 as amount from after, counted_under(document)
    union all
    select kind, attribute, value, -1 from before, counted_under(document)
  ) as change
  group by kind, attribute, value having sum(amount) <> 0;
  return null;
end
$$;
create trigger resource_update_count after update on resource
  referencing old table as before new table as after for each statement execute function count_changed_resources();

create function count_gone_resources() returns trigger language plpgsql as $$
begin
  insert into resource_count
  select kind, attribute, value, -count(*) from before, counted_under(document) group by kind, attribute, value;
  return null;
end
$$;
create trigger resource_delete_count after delete on resource
  referencing old table as before for each statement execute function count_gone_resources();

insert into resource_count
select kind, attribute, value, count(*) from resource, counted_under(document) group by kind, attribute, value;
