-- How often knowledge articles have changed, and where each document's last change stands in that count. The head row is updated
-- by every writer, so versions follow the order of commit: who has seen version n has missed nothing below it. The epoch tells
-- one database from another that counted as far.
create table knowledge_head (
  singleton boolean primary key default true check (singleton),
  epoch uuid not null default gen_random_uuid(),
  version bigint not null
);
insert into knowledge_head (version) values (0);

create table knowledge_change (
  document_id text primary key,
  article_id text not null,
  version bigint not null
);
create index knowledge_change_version on knowledge_change (version);

create function article_of(document jsonb) returns text
language sql immutable parallel safe as $$
  select case when document ->> 'documentType' = 'knowledgeArticle'
    then jsonb_path_query_first(document, '$.characteristic[*] ? (@.name == "articleId").value') #>> '{}' end
$$;

create function keep_knowledge_change() returns trigger
language plpgsql as $$
declare
  changed text := coalesce(article_of(new.document), article_of(old.document));
  next bigint;
begin
  if changed is null then
    return null;
  end if;
  update knowledge_head set version = version + 1 returning version into next;
  insert into knowledge_change (document_id, article_id, version) values (coalesce(new.id, old.id), changed, next)
  on conflict (document_id) do update set article_id = excluded.article_id, version = excluded.version;
  return null;
end
$$;

create trigger resource_article_insert after insert on resource
  for each row when (new.kind = 'document') execute function keep_knowledge_change();
create trigger resource_article_update after update of document on resource
  for each row when (new.kind = 'document') execute function keep_knowledge_change();
create trigger resource_article_delete after delete on resource
  for each row when (old.kind = 'document') execute function keep_knowledge_change();

insert into knowledge_change (document_id, article_id, version)
  select id, article_of(document), 0 from resource where kind = 'document' and article_of(document) is not null;

-- What an agent did about an article, by the very version. A language variant counts for the article it translates.
create table knowledge_use (
  number bigint generated always as identity primary key,
  article_id text not null,
  document_id text not null,
  kind text not null,
  customer_id text,
  contact text not null,
  agent_id text not null,
  reason text,
  query text,
  ticket_id text,
  message_id text,
  interaction_id text,
  used_at timestamptz not null default now()
);
create index knowledge_use_by_time on knowledge_use (used_at);
create index knowledge_use_of_contact on knowledge_use (contact, agent_id);

-- What was looked for and is not there, for the editors.
create table knowledge_gap (
  number bigint generated always as identity primary key,
  query text not null,
  context jsonb not null,
  shown text[] not null,
  note text,
  status text not null default 'open',
  article_id text,
  agent_id text not null,
  reported_at timestamptz not null default now(),
  closed_by text,
  closed_at timestamptz
);
create index knowledge_gap_by_status on knowledge_gap (status, reported_at);
