package org.custodes.access;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/// Why people have the roles that they have, and who answers for it. It is sealed under the key of whoever has the
/// role, so that both go together.
final class Justifications {
    private final Credentials credentials;

    Justifications(Credentials credentials) {
        this.credentials = credentials;
    }

    /// A role that somebody was given.
    ///
    /// @param role its id, see [Held]
    /// @param replaces that of the one in whose place; whoever answered for that answers for this too
    record Given(UUID role, PersonId person, Optional<UUID> replaces) {}

    /// As it was asked for: whoever asked answers for it.
    void keep(Handle handle, Given given, ApprovalTable.Row asked) {
        var reason = credentials.reason(asked.person(), asked.reason());
        keep(handle, given, asked.person(), reason);
    }

    /// @param owner who answers for it, if it is in no other's place
    /// @param reason in the owner's words
    void keep(Handle handle, Given given, PersonId owner, String reason) {
        given.replaces()
                .ifPresentOrElse(
                        former -> AssignmentTable.becauseOf(handle, given.role(), former),
                        () ->
                                AssignmentTable.because(
                                        handle,
                                        given.role(),
                                        owner,
                                        credentials.sealReason(given.person(), reason)));
    }

    /// Of all that have not been taken back, by the ids of the roles; nothing of those that nobody answers for.
    Map<UUID, Grounds> all(Handle handle) {
        return AssignmentTable.grounds(handle).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, found -> opened(found.getValue())));
    }

    private Grounds opened(AssignmentTable.SealedGrounds found) {
        return new Grounds(
                found.owner(), found.name(), credentials.reason(found.person(), found.reason()));
    }
}
