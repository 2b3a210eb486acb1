-- What decisions were made on, so that they can be made again. Rows go when the log lets go of the entries that name
-- them.

create table policy_kept (
    -- SHA-256 of the content: what is changed here is found.
    hash        bytea        primary key check (octet_length(hash) = 32),
    -- All that was granted (docs/formats/decided.md): ids and codes, nobody's name.
    content     bytea        not null check (octet_length(content) between 1 and 268435456),
    first_used  timestamptz  not null
);

create table decided (
    -- What the entry names: SHA-256 of what is sealed here.
    decision    bytea        primary key check (octet_length(decision) = 32),
    policy      bytea        not null references policy_kept,
    decided_at  timestamptz  not null,
    -- The request, the moment, the policy's hash and how it was decided, sealed under the key that seals the entry: it
    -- holds what people typed.
    sealed      bytea        not null check (octet_length(sealed) between 1 and 4194304)
);
create index decided_by_policy on decided (policy);
create index decided_by_time on decided (decided_at);
