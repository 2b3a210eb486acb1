package org.custodes.database;

/// What happens to the database while the recorder runs.
public sealed interface DatabaseNews {

    /// It does not answer, and is started or asked again until it does.
    ///
    /// @param cause what happened and why, in one English sentence
    record Away(String cause) implements DatabaseNews {}

    /// It answers, for the first time or again.
    record Answers() implements DatabaseNews {}

    /// Something that a person may want to know afterwards, and that needs nothing done.
    ///
    /// @param what in one English sentence
    record Noted(String what) implements DatabaseNews {}
}
