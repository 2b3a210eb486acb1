/// PostgreSQL: started, watched and stopped by us, or somebody else's reached by its address.
///
/// Enter by [Database]. Each room that keeps facts has one SQL schema of its own name, migrated from
/// files beside its classes; no room reads another's. Why it is built like this, and what each
/// setting of the server is for: `docs/design/database.md`.
@org.jspecify.annotations.NullMarked
package org.custodes.database;
