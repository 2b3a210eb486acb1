/// The one door to pictures (invariant I1): whoever wants to see comes through here, with a Grant.
///
/// Enter by [Viewing]. It asks `access` for the Grant, takes sealed records from `store` (the live
/// tail or the packs: one path for both), opens them with the Grant and hands [VeiledFrame]s on.
/// Both kinds of look are pulled by the viewer's own thread: a slow viewer waits for itself, never
/// the recording, and never another viewer.
@org.jspecify.annotations.NullMarked
package org.custodes.viewing;
