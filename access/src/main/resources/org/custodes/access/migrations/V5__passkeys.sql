-- Passkeys (WebAuthn), and the codes that stand in for an authenticator that was lost.

create table passkey (
    id               uuid         primary key,
    person           uuid         not null references person,
    -- What the authenticator calls it: chosen by it, at random, and never used again.
    credential       bytea        not null unique check (octet_length(credential) between 1 and 1023),
    -- A COSE key (RFC 9052). With it nobody can sign, so it is not sealed.
    public_key       bytea        not null check (octet_length(public_key) between 1 and 2048),
    -- How often it has signed, as it counts; many count nothing and stay at 0.
    signatures       bigint       not null check (signatures between 0 and 4294967295),
    -- Whether its maker may keep a copy elsewhere, and whether one is kept now.
    backup_eligible  boolean      not null,
    backed_up        boolean      not null,
    -- As its owner calls it.
    name             text         not null check (char_length(name) between 1 and 60),
    made_at          timestamptz  not null,
    last_used_at     timestamptz,
    ended_at         timestamptz,
    entry            bigint       not null check (entry >= 0),
    constraint a_copy_needs_leave check (backup_eligible or not backed_up)
);
create index passkey_by_person on passkey (person) where ended_at is null;

create table recovery_code (
    person   uuid         not null references person,
    -- SHA-256 of person and code: 80 bits of chance need no slow hash.
    hash     bytea        not null check (octet_length(hash) = 32),
    made_at  timestamptz  not null,
    used_at  timestamptz,
    primary key (person, hash)
);
