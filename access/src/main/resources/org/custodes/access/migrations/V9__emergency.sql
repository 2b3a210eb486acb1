-- Break-glass: who took, for an hour, what was given to them for emergencies; why, what they looked at by it, and what
-- was said of it afterwards. The rows stay: entries of the log name them.

create table emergency (
    id           uuid         primary key,
    person       uuid         not null references person,
    -- What they held then, and on which cameras.
    assignment   uuid         not null references assignment,
    -- By which passkey.
    credential   text         not null check (char_length(credential) between 1 and 200),
    -- Sealed by the vault under the person's own key: people write names here.
    reason       bytea        not null check (octet_length(reason) between 1 and 4096),
    taken_at     timestamptz  not null,
    until        timestamptz  not null check (until > taken_at and until <= taken_at + interval '60 minutes'),
    ended_at     timestamptz  check (ended_at >= taken_at and ended_at <= until),
    ended_how    text         check (ended_how in ('person', 'time', 'taken-back')),
    -- From then on nothing is taken again by this person until somebody has reviewed it.
    review_by    timestamptz  not null check (review_by > until),
    reviewed_at  timestamptz,
    reviewed_by  uuid         references person,
    -- Sealed under the key of whoever wrote it.
    note         bytea        check (octet_length(note) between 1 and 4096),
    entry        bigint       not null check (entry >= 0),
    constraint ended_whole check ((ended_at is null) = (ended_how is null)),
    constraint reviewed_whole check (
        (reviewed_at is null) = (reviewed_by is null) and (reviewed_at is null) = (note is null)),
    constraint what_runs_is_not_reviewed check (reviewed_at is null or ended_at is not null),
    constraint nobody_reviews_themselves check (reviewed_by <> person)
);
create unique index emergency_one_at_a_time on emergency (person) where ended_at is null;
create index emergency_by_time on emergency (taken_at);

-- Looks that nothing else would have shown them.
create table emergency_look (
    emergency  uuid         not null references emergency,
    -- The entry by which the look was opened.
    entry      bigint       not null check (entry >= 0),
    -- A camera of the schema `register`, which this room does not read.
    camera     uuid         not null,
    opened_at  timestamptz  not null,
    primary key (emergency, entry)
);
