-- What somebody may do only with another's yes: what exactly, who said what to it, and whether it was used. The rows
-- stay: entries of the log name them.

create table approval (
    id                 uuid         primary key,
    kind               text         not null check (kind in ('playback', 'removal', 'rights')),
    person             uuid         not null references person,
    -- How they had signed in: a yes is bound to it.
    credential         text         not null check (char_length(credential) between 1 and 200),
    assurance          text         not null check (assurance in ('link', 'password-and-code', 'passkey')),
    proved_at          timestamptz  not null,
    address            inet         not null,
    -- A camera of the schema `register`, which this room does not read.
    camera             uuid,
    first              timestamptz,
    past               timestamptz  check (past > first),
    purpose            text         check (char_length(purpose) between 1 and 60),
    case_number        text         check (char_length(case_number) between 1 and 60),
    -- Exactly what, where the fields before do not say it; and for readers.
    about              text         not null check (char_length(about) <= 500000),
    told               text         not null check (char_length(told) <= 2000),
    concerned          uuid         references person,
    -- Sealed by the vault under the person's own key: people write names here.
    reason             bytea        not null check (octet_length(reason) <= 4096),
    -- SHA-256 over every field of the request.
    hash               bytea        not null check (octet_length(hash) = 32),
    asked_at           timestamptz  not null,
    waits_until        timestamptz  not null check (waits_until > asked_at),
    -- When it is done although nobody said yes, because there was nobody who could.
    alone_at           timestamptz  check (alone_at > asked_at),
    withdrawn_at       timestamptz,
    answered_at        timestamptz,
    answered_by        uuid         references person,
    answer_credential  text         check (char_length(answer_credential) between 1 and 200),
    said_yes           boolean,
    used_at            timestamptz,
    entry              bigint       not null check (entry >= 0),
    constraint a_look_has_a_camera_and_an_interval check (
        kind <> 'playback' or (camera is not null and first is not null)),
    constraint a_removal_has_a_camera check (kind <> 'removal' or camera is not null),
    constraint of_when_together check ((first is null) = (past is null)),
    constraint answered_whole check (
        (answered_at is null) = (answered_by is null)
        and (answered_at is null) = (answer_credential is null)
        and (answered_at is null) = (said_yes is null)),
    constraint nobody_answers_themselves check (answered_by <> person),
    constraint only_a_yes_or_a_day_is_used check (used_at is null or said_yes or alone_at is not null),
    constraint withdrawn_or_answered check (withdrawn_at is null or answered_at is null)
);
create index approval_by_time on approval (asked_at);

-- What is done when somebody says yes to a widening: a role that is given, in the place of another one or beside those
-- that somebody has.
create table gift_draft (
    approval      uuid     primary key references approval,
    person        uuid     not null references person,
    role          text     not null check (role ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*$' and char_length(role) <= 40),
    every_camera  boolean  not null,
    cameras       uuid[]   not null,
    until         timestamptz,
    replaces      uuid     references assignment
);

-- As above: what a role of one's own will be called and allow.
create table role_draft (
    approval        uuid     primary key references approval,
    id              text     not null references role,
    name            text     not null check (char_length(name) between 1 and 60),
    template        text     not null check (char_length(template) between 1 and 60),
    oldest_seconds  bigint   check (oldest_seconds > 0),
    since_given     boolean  not null,
    hours           text[]   not null,
    purposes        text[]   not null,
    needs_case      boolean  not null
);
