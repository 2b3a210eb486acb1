package org.custodes.server;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.custodes.access.CameraScope;
import org.custodes.access.Person;
import org.custodes.access.Session;

/// People as the API tells them.
final class PersonViews {
    private PersonViews() {}

    /// Who somebody is, and no more.
    record Somebody(UUID id, String name, String role) {
        static Somebody of(Session session) {
            return new Somebody(session.person().value(), session.name(), session.role().code());
        }
    }

    /// Who I am and what I may do.
    record Me(
            Somebody person,
            List<String> rights,
            boolean demo,
            Instant signedInAt,
            long idleMinutes,
            Instant endsAt) {}

    /// @param cameras the word `all`, or ids
    /// @param state `invited`, `active` or `removed`
    record PersonView(
            UUID id,
            String name,
            String role,
            CameraChoice cameras,
            String state,
            Optional<Instant> lastSignIn) {
        static PersonView of(Person person) {
            return new PersonView(
                    person.id().value(),
                    person.name(),
                    person.role().code(),
                    choice(person.cameras()),
                    person.state().code(),
                    person.lastSignIn());
        }

        private static CameraChoice choice(CameraScope scope) {
            return switch (scope) {
                case CameraScope.All() -> new CameraChoice.All();
                case CameraScope.Listed(var cameras) ->
                        new CameraChoice.These(
                                cameras.stream().map(camera -> camera.value()).sorted().toList());
            };
        }
    }

    /// @param link is shown this once
    record Invited(PersonView person, String link, Instant expiresAt) {}
}
