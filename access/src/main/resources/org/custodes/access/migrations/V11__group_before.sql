-- What a group was when somebody asked to change it: whoever answers reads what becomes other. Of older ones nobody knows.

alter table group_draft
    add column name_before     text    check (char_length(name_before) between 1 and 120),
    add column parent_before   uuid,
    add column cameras_before  uuid[];
update group_draft set name_before = name, parent_before = parent, cameras_before = cameras;
alter table group_draft
    alter column name_before set not null,
    alter column parent_before set not null,
    alter column cameras_before set not null;
