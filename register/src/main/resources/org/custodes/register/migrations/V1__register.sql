-- What there is. Every row says by which entry of the audit log it was last changed.
-- What was removed keeps its row: history needs it, and footage outlives its camera.

create table site (
    id          uuid    primary key,
    name        text    not null check (char_length(name) between 1 and 120),
    zone        text    not null check (char_length(zone) between 1 and 64),
    country     text    not null check (country ~ '^[A-Z]{2}$'),
    controller  text    not null check (char_length(controller) between 1 and 200),
    entry       bigint  not null check (entry >= 0)
);

create table device (
    id                  uuid        primary key,
    site                uuid        not null references site,
    name                text        not null check (char_length(name) between 1 and 253),
    host                text        not null check (char_length(host) between 1 and 253),
    -- What the host meant when it was added: connections go there.
    address             inet        not null,
    port                integer     not null check (port between 1 and 65535),
    -- User and password, sealed by the vault under the device's own key.
    secret              bytea       check (octet_length(secret) between 1 and 4096),
    pinned_certificate  text        check (pinned_certificate ~ '^[0-9a-f]{64}$'),
    removed_at          timestamptz,
    entry               bigint      not null check (entry >= 0),
    constraint removed_device_has_no_secret check (removed_at is null or secret is null)
);
create unique index device_by_host on device (host, port) where removed_at is null;
create unique index device_by_address on device (address, port) where removed_at is null;

create table camera (
    id               uuid        primary key,
    device           uuid        not null references device,
    site             uuid        not null references site,
    name             text        not null check (char_length(name) between 1 and 120),
    channel          integer     not null check (channel between 1 and 10000),
    purpose          text        not null check (char_length(purpose) between 1 and 500),
    view             text        not null check (view in ('indoor', 'outdoor', 'public')),
    retention_hours  integer     not null check (retention_hours between 1 and 720),
    microphone       boolean     not null,
    speaker          boolean     not null,
    metadata         boolean     not null,
    inputs           integer     not null check (inputs between 0 and 1000),
    outputs          integer     not null check (outputs between 0 and 1000),
    added_at         timestamptz not null,
    removed_at       timestamptz,
    entry            bigint      not null check (entry >= 0)
);
create unique index camera_by_channel on camera (device, channel) where removed_at is null;

create table stream (
    camera   uuid     not null references camera,
    number   integer  not null check (number between 0 and 255),
    role     text     not null check (role in ('record', 'wall')),
    path     text     not null check (char_length(path) between 1 and 2048 and path like '/%'),
    -- Of the camera, repeated so that one index can say: no stream is recorded twice.
    device   uuid     not null references device,
    removed  boolean  not null default false,
    primary key (camera, number),
    unique (camera, role)
);
create unique index stream_by_address on stream (device, path) where not removed;

create table wall (
    id          uuid        primary key,
    -- A person of the schema `access`, which this room does not read.
    owner       uuid        not null,
    name        text        not null check (char_length(name) between 1 and 120),
    grid        text        not null check (grid in ('1', '2x2', '3x3', '4x4', '1+7')),
    removed_at  timestamptz,
    entry       bigint      not null check (entry >= 0)
);

create table wall_tile (
    wall    uuid     not null references wall,
    place   integer  not null check (place between 0 and 15),
    camera  uuid     not null references camera,
    primary key (wall, place)
);
