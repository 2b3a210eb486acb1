/// The log of who did what to whose footage, written before it happens.
///
/// Enter by [AuditLog]: an [Event] goes in, a [Receipt] comes out once the entry is durable, and the
/// rooms above ask for that receipt before they change or show anything. Entries lie in files, not
/// in the database, so that a log survives whoever owns the database. Names, addresses and free
/// text are sealed under a key per person and month; destroying it makes the person unknown and
/// leaves the chain whole. The bytes: `docs/formats/audit.md`; why: `docs/design/audit.md`.
@org.jspecify.annotations.NullMarked
package org.custodes.audit;
