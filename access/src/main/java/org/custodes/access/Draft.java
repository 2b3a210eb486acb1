package org.custodes.access;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.custodes.rights.RoleId;
import org.custodes.rights.Scope;

/// A change of what is granted, before it is made.
sealed interface Draft {

    /// Exactly what: what is different has other words.
    String about();

    /// Whose affair it is.
    Optional<PersonId> concerned();

    /// How the log names what it is about.
    String object();

    /// Which act it is.
    Act.Kind kind();

    /// Somebody gets a role.
    ///
    /// @param replaces the id of the one in whose place, see [Held]
    record Gift(
            PersonId person,
            RoleId role,
            Scope on,
            Optional<Instant> until,
            Optional<UUID> replaces)
            implements Draft {

        public Gift {
            Objects.requireNonNull(person);
            Objects.requireNonNull(role);
            Objects.requireNonNull(on);
            Objects.requireNonNull(until);
            Objects.requireNonNull(replaces);
        }

        @Override
        public String about() {
            var cameras =
                    switch (on) {
                        case Scope.All() -> "all";
                        case Scope.Cameras(var listed) ->
                                listed.stream()
                                        .map(Object::toString)
                                        .sorted()
                                        .collect(Collectors.joining(","));
                        case Scope.Groups(var groups) ->
                                groups.stream()
                                        .map(group -> "group " + group.value())
                                        .sorted()
                                        .collect(Collectors.joining(","));
                    };
            return "give %s to %s on %s until %s in the place of %s"
                    .formatted(
                            role,
                            person,
                            cameras,
                            until.map(Object::toString).orElse("-"),
                            replaces.map(Object::toString).orElse("-"));
        }

        @Override
        public Optional<PersonId> concerned() {
            return Optional.of(person);
        }

        @Override
        public String object() {
            return Act.object(person);
        }

        @Override
        public Act.Kind kind() {
            return Act.Kind.CHANGE_RIGHTS;
        }
    }

    /// What somebody signs in with opens nothing any more, and an officer can give them a link to enrol anew: whoever
    /// has that link becomes them.
    record Reset(PersonId person) implements Draft {

        public Reset {
            Objects.requireNonNull(person);
        }

        @Override
        public String about() {
            return "let %s enrol anew".formatted(person);
        }

        @Override
        public Optional<PersonId> concerned() {
            return Optional.of(person);
        }

        @Override
        public String object() {
            return Act.object(person);
        }

        @Override
        public Act.Kind kind() {
            return Act.Kind.RESET_SIGN_IN;
        }
    }

    /// A role of one's own allows something else, for everybody who has it.
    record RoleChange(Role role) implements Draft {

        public RoleChange {
            Objects.requireNonNull(role);
        }

        @Override
        public String about() {
            var limits = role.limits();
            return "let %s be %s of %s, oldest %s, since given %s, hours %s, purposes %s, case %s"
                    .formatted(
                            role.id(),
                            role.name(),
                            role.template().code(),
                            limits.oldest().map(Object::toString).orElse("-"),
                            limits.sinceGiven(),
                            RoleTable.texts(limits.hours()),
                            limits.purposes().stream().map(Purpose::code).sorted().toList(),
                            limits.needsCase());
        }

        @Override
        public Optional<PersonId> concerned() {
            return Optional.empty();
        }

        @Override
        public String object() {
            return "role/" + role.id();
        }

        @Override
        public Act.Kind kind() {
            return Act.Kind.CHANGE_ROLE;
        }
    }
}
