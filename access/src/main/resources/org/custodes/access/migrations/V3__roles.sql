-- Roles of one's own: a template, narrowed. The templates themselves are roles too and stand in no table.

create table role (
    id              text         primary key check (id ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*$' and char_length(id) <= 40),
    name            text         not null check (char_length(name) between 1 and 60),
    template        text         not null check (char_length(template) between 1 and 60),
    oldest_seconds  bigint       check (oldest_seconds > 0),
    since_given     boolean      not null,
    -- One text per span: days, from and to, such as 'MONDAY,TUESDAY 07:00 19:00'; none: whenever.
    hours           text[]       not null,
    -- One of these has to be named; none: none in particular.
    purposes        text[]       not null,
    needs_case      boolean      not null,
    made_at         timestamptz  not null,
    -- What it was called and allowed stays, for the entries that name it.
    retired_at      timestamptz,
    entry           bigint       not null check (entry >= 0)
);
create unique index role_by_name on role (lower(name)) where retired_at is null;
