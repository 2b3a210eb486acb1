package org.custodes.audit;

/// The log: one for the whole recorder, for any number of threads.
public abstract class AuditLog implements AutoCloseable {

    AuditLog() {}

    /// Writes the entry and returns when it is durable. Entries that arrive together share one turn
    /// of the disk.
    ///
    /// @throws AuditUnavailableException if it could not be made durable: then what it was about
    ///     must not happen
    public abstract Receipt append(Event event);

    /// Reads entries, newest first, and opens their sealed fields.
    public abstract Page read(Query query);

    /// Reads everything and walks the chain of hashes.
    public abstract Verification verify();

    @Override
    public abstract void close();
}
