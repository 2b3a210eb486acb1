-- Cameras over TLS, each known by its certificate; which way their pictures take; sites that take
-- encrypted cameras only, and exceptions from that, each with an end.

alter table device add column encrypted boolean not null default false;
alter table device alter column encrypted drop default;
alter table device add column pinned_at timestamptz;
alter table device add constraint certificate_of_encrypted_device
    check (pinned_certificate is null or encrypted);
alter table device add constraint certificate_has_time
    check ((pinned_certificate is null) = (pinned_at is null));

alter table camera add column transport text not null default 'tcp'
    check (transport in ('tcp', 'udp', 'tcp-or-udp', 'http'));
alter table camera alter column transport drop default;
alter table camera add column plain_until timestamptz;
alter table camera add column plain_reason text check (char_length(plain_reason) between 1 and 500);
alter table camera add constraint plain_exception_has_reason_and_end
    check ((plain_until is null) = (plain_reason is null));

alter table site add column encrypted_only boolean not null default false;
alter table site alter column encrypted_only drop default;
