-- Why somebody has a role, and who answers for it: whoever asked for it to be given. Nothing is known of older ones,
-- and nobody answers for what the recorder itself gave.

alter table assignment
    add column owner   uuid   references person,
    -- Sealed by the vault under the key of whoever has the role.
    add column reason  bytea  check (octet_length(reason) between 1 and 4096),
    add constraint reason_and_owner_come_together check ((owner is null) = (reason is null));
