-- People, what opens their door, and their sessions. Who was removed keeps the row, without secrets.

create table person (
    id            uuid         primary key,
    name          text         not null check (char_length(name) between 1 and 120),
    -- The name as sign-in compares it: NFKC, lower case, single spaces.
    name_key      text         not null check (char_length(name_key) between 1 and 2000),
    role          text         not null check (role in ('system-administrator', 'security-officer',
                                                        'operator', 'data-protection-officer')),
    every_camera  boolean      not null,
    state         text         not null check (state in ('invited', 'active', 'removed')),
    invited_at    timestamptz  not null,
    last_sign_in  timestamptz,
    -- Both sealed by the vault under the person's own key. A demo's people have neither.
    password      bytea        check (octet_length(password) between 1 and 1024),
    totp          bytea        check (octet_length(totp) between 1 and 256),
    -- The last time step whose code was used: a code is good once (RFC 6238 section 5.2).
    totp_step     bigint       not null default 0,
    entry         bigint       not null check (entry >= 0),
    constraint only_operators_have_cameras check (not every_camera or role = 'operator'),
    constraint secrets_come_together check ((password is null) = (totp is null)),
    constraint who_is_not_active_has_no_secret check (state = 'active' or password is null)
);
create unique index person_by_name on person (name_key) where state <> 'removed';

create table person_camera (
    person  uuid  not null references person,
    -- A camera of the schema `register`, which this room does not read.
    camera  uuid  not null,
    primary key (person, camera)
);

create table link (
    -- SHA-256 of the token; the token itself is shown once and kept nowhere.
    token       bytea        primary key check (octet_length(token) = 32),
    kind        text         not null check (kind in ('enrolment', 'sign-in')),
    person      uuid         not null references person,
    expires_at  timestamptz  not null,
    used_at     timestamptz,
    -- The secret shown to whoever follows the link, sealed; it becomes the person's when they accept.
    totp        bytea        check (octet_length(totp) between 1 and 256)
);
create index link_by_person on link (person);

create table session (
    id            uuid         primary key,
    -- SHA-256 of the token.
    token         bytea        not null unique check (octet_length(token) = 32),
    person        uuid         not null references person,
    kind          text         not null check (kind in ('browser', 'command-line')),
    address       inet         not null,
    workstation   text         not null check (char_length(workstation) <= 200),
    signed_in_at  timestamptz  not null,
    last_seen_at  timestamptz  not null,
    ends_at       timestamptz  not null check (ends_at <= signed_in_at + interval '12 hours')
);
create index session_by_person on session (person);
