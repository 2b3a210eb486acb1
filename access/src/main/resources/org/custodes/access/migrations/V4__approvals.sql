-- What somebody may do only with another's yes: what exactly, who said what to it, and whether it was used. The rows
-- stay: entries of the log name them.

create table approval (
    id                 uuid         primary key,
    kind               text         not null check (kind in ('playback')),
    person             uuid         not null references person,
    -- By what they had signed in: a yes is bound to it.
    credential         text         not null check (char_length(credential) between 1 and 200),
    -- A camera of the schema `register`, which this room does not read.
    camera             uuid,
    first              timestamptz,
    past               timestamptz  check (past > first),
    purpose            text         check (char_length(purpose) between 1 and 60),
    case_number        text         check (char_length(case_number) between 1 and 60),
    -- Sealed by the vault under the person's own key: people write names here.
    reason             bytea        not null check (octet_length(reason) between 1 and 4096),
    -- SHA-256 over every field of the request.
    hash               bytea        not null check (octet_length(hash) = 32),
    asked_at           timestamptz  not null,
    waits_until        timestamptz  not null check (waits_until > asked_at),
    withdrawn_at       timestamptz,
    answered_at        timestamptz,
    answered_by        uuid         references person,
    answer_credential  text         check (char_length(answer_credential) between 1 and 200),
    said_yes           boolean,
    used_at            timestamptz,
    entry              bigint       not null check (entry >= 0),
    constraint of_when_together check ((first is null) = (past is null)),
    constraint answered_whole check (
        (answered_at is null) = (answered_by is null)
        and (answered_at is null) = (answer_credential is null)
        and (answered_at is null) = (said_yes is null)),
    constraint nobody_answers_themselves check (answered_by <> person),
    constraint only_a_yes_is_used check (used_at is null or said_yes),
    constraint withdrawn_or_answered check (withdrawn_at is null or answered_at is null)
);
create index approval_by_time on approval (asked_at);
