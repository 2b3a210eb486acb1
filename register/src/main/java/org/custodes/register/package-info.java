/// What there is: sites, devices, cameras with their purposes and retention, saved walls.
///
/// Enter by [Register]. Reads never wait for the database: they come from a picture in memory that is
/// swapped after each commit, so that `capture` and the rules of `access` go on without it, and a
/// sealed copy on disk lets a start without the database record. What comes from outside is checked
/// as a whole first (`check...` answers a [Draft] or all its faults); a change takes the draft and the
/// [org.custodes.audit.Receipt] of its entry in the log. Which addresses may be cameras:
/// [AddressRules]. The reasons: `docs/design/register.md`.
@org.jspecify.annotations.NullMarked
package org.custodes.register;
