-- Roles that are given on groups of cameras; and what a group will be when a second officer has said yes to it.

create table assignment_group (
    assignment    uuid  not null references assignment,
    -- A group or a site of the schema `register`, which this room does not read.
    camera_group  uuid  not null,
    primary key (assignment, camera_group)
);

alter table gift_draft add column camera_groups uuid[] not null default '{}';
alter table gift_draft alter column camera_groups drop default;

create table group_draft (
    approval      uuid    primary key references approval,
    -- A group, its site and what it lies in, of the schema `register`, which this room does not read.
    camera_group  uuid    not null,
    site          uuid    not null,
    parent        uuid    not null,
    name          text    not null check (char_length(name) between 1 and 120),
    cameras       uuid[]  not null,
    -- SHA-256 over the group and all that lay in it when it was asked.
    was           bytea   not null check (octet_length(was) = 32)
);
