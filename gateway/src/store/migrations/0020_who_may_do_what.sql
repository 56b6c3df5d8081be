-- What an agent is, and the telecom circles whose customers the agent may see; null means all of them.
alter table agent add column roles text[] not null default '{agent}';
alter table agent add column circles text[];

-- The circle of each customer, as the customer's own characteristic says. A trigger keeps it, so it is right in the
-- transaction of the change, whoever makes it. A customer that is deleted keeps its row: what remains about the customer stays
-- visible to the same agents, and ids are not given twice.
create table customer_circle (
  customer_id text primary key,
  circle text not null
);

create function circle_of(document jsonb) returns text
language sql immutable parallel safe as $$
  select jsonb_path_query_first(document, '$.characteristic[*] ? (@.name == "circle").value') #>> '{}'
$$;

create function keep_customer_circle() returns trigger
language plpgsql as $$
begin
  if circle_of(new.document) is null then
    delete from customer_circle where customer_id = new.id;
  else
    insert into customer_circle (customer_id, circle) values (new.id, circle_of(new.document))
    on conflict (customer_id) do update set circle = excluded.circle where customer_circle.circle <> excluded.circle;
  end if;
  return null;
end
$$;

create trigger resource_customer_circle after insert or update of document on resource
  for each row when (new.kind = 'customer') execute function keep_customer_circle();

insert into customer_circle (customer_id, circle)
  select id, circle_of(document) from resource
  where kind = 'customer' and circle_of(document) is not null;

-- DPoP proofs that were used, as hashes, until they are too old to be used anyway. Every proof is one row, so the table is not
-- in the write-ahead log: a crash of the database forgets at most the proofs of the last minutes.
create unlogged table dpop_proof (
  id bytea primary key,
  expires_at timestamptz not null
);
create index dpop_proof_expiry on dpop_proof (expires_at);
