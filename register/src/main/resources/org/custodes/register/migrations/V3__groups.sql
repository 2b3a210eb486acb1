-- Groups of cameras, one in another, each within one site: what roles are given on. A site is one too and stands in
-- its own table.

alter table camera add constraint camera_at_site unique (id, site);

create table camera_group (
    id          uuid         primary key,
    site        uuid         not null references site,
    -- The group that it lies in; null: in the site itself.
    parent      uuid,
    name        text         not null check (char_length(name) between 1 and 120),
    removed_at  timestamptz,
    entry       bigint       not null check (entry >= 0),
    unique (id, site),
    constraint in_a_group_of_its_site foreign key (parent, site) references camera_group (id, site),
    constraint not_in_itself check (parent <> id)
);
create unique index camera_group_by_name on camera_group (coalesce(parent, site), lower(name))
    where removed_at is null;

create table camera_in_group (
    camera_group  uuid  not null,
    camera        uuid  not null,
    -- Of both, repeated so that the keys can say: no group has a camera of another site.
    site          uuid  not null,
    primary key (camera_group, camera),
    foreign key (camera_group, site) references camera_group (id, site),
    foreign key (camera, site) references camera (id, site)
);
