/// Where sealed footage lives: volumes, packs, catalogue and live tail.
///
/// Enter by [Store]. `capture` opens a pack with [Store#begin] and appends sealed records to the
/// [PackWriter]; whoever shows pictures reads them back through a [Cursor] (packs and the growing end
/// as one path) or a [Tail] (the last seconds, as they come). Nothing here ever sees a picture: all
/// bodies are sealed by `vault` before they arrive. No database is needed to record, find or play.
///
/// How it is built, with numbers and numbered invariants: `docs/design/store.md`. The bytes:
/// `docs/formats/pack.md` and `docs/formats/catalogue.md`.
@org.jspecify.annotations.NullMarked
package org.custodes.store;
