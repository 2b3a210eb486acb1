package org.custodes.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.custodes.media.Bytes;
import org.custodes.register.Group;
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

    /// A group of cameras becomes another: whoever has a role on it, or on what it lies in, sees more by that.
    ///
    /// @param group as it will be
    /// @param before as it was when this was asked
    /// @param was the hash of the group and of all that lay in it when this was asked: what somebody changed since is
    ///     not what anybody said yes to
    record Regroup(Group group, Group before, Bytes was) implements Draft {

        public Regroup {
            Objects.requireNonNull(group);
            Objects.requireNonNull(before);
            Objects.requireNonNull(was);
        }

        /// @param within the group as it is, and all that lie in it
        static Regroup of(Group before, Group after, List<Group> within) {
            return new Regroup(after, before, hash(within));
        }

        /// Whether all is as it was when it was asked.
        ///
        /// @param within the group as it is, and all that lie in it
        boolean fits(List<Group> within) {
            return !within.isEmpty() && was.equals(hash(within));
        }

        private static Bytes hash(List<Group> within) {
            var lines =
                    within.stream()
                            .map(Regroup::line)
                            .sorted()
                            .collect(Collectors.joining("\n", "custodes groups 1\n", "\n"));
            try {
                return Bytes.of(
                        MessageDigest.getInstance("SHA-256")
                                .digest(lines.getBytes(StandardCharsets.UTF_8)));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("Every Java has SHA-256", e);
            }
        }

        /// No name holds the end of a line.
        private static String line(Group group) {
            return "%s in %s with %s called %s"
                    .formatted(group.id(), group.parent(), listed(group), group.name());
        }

        private static String listed(Group group) {
            return group.cameras().stream()
                    .map(Object::toString)
                    .sorted()
                    .collect(Collectors.joining(","));
        }

        @Override
        public String about() {
            return "let group %s, which was %s"
                    .formatted(line(group), HexFormat.of().formatHex(was.array()));
        }

        @Override
        public Optional<PersonId> concerned() {
            return Optional.empty();
        }

        @Override
        public String object() {
            return Act.object(group);
        }

        @Override
        public Act.Kind kind() {
            return Act.Kind.CHANGE_GROUP;
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
