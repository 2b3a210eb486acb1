-- Somebody may have several roles, each on cameras of its own, for a time. What has ended keeps its row: who could
-- see a camera is asked years later.

create table assignment (
    id            uuid         primary key,
    person        uuid         not null references person,
    role          text         not null check (role ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*$' and char_length(role) <= 40),
    every_camera  boolean      not null,
    since         timestamptz  not null,
    until         timestamptz  check (until > since),
    -- Until then somebody has to say that it is still needed, or it stops.
    review_by     timestamptz  not null check (review_by > since),
    ended_at      timestamptz,
    entry         bigint       not null check (entry >= 0)
);
create unique index assignment_once on assignment (person, role) where ended_at is null;

create table assignment_camera (
    assignment  uuid  not null references assignment,
    -- A camera of the schema `register`, which this room does not read.
    camera      uuid  not null,
    primary key (assignment, camera)
);

insert into assignment (id, person, role, every_camera, since, review_by, ended_at, entry)
    select gen_random_uuid(), id, role, every_camera or role <> 'operator', invited_at,
        greatest(now(), invited_at) + case when role in ('operator', 'data-protection-officer')
            then interval '180 days' else interval '90 days' end,
        case when state = 'removed' then now() end, entry
    from person;
insert into assignment_camera (assignment, camera)
    select assignment.id, person_camera.camera
    from person_camera join assignment on assignment.person = person_camera.person;

drop table person_camera;
alter table person drop constraint only_operators_have_cameras, drop column role, drop column every_camera;

-- Counts the changes of what is granted, so that what is kept in memory is known to be as it stands here.
create table policy (
    only_row  boolean  primary key default true check (only_row),
    version   bigint   not null
);

-- How surely it was known who they are, by what, and when: none of it is known of older sessions.
delete from session;
alter table session
    add column assurance   text         not null check (assurance in ('link', 'password-and-code', 'passkey')),
    add column credential  text         not null check (char_length(credential) between 1 and 200),
    add column proved_at   timestamptz  not null;
