package org.custodes.server;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.custodes.access.Grounds;
import org.custodes.access.Held;
import org.custodes.access.Person;
import org.custodes.access.Role;
import org.custodes.access.Session;
import org.custodes.access.Waiting;

/// People as the API tells them.
final class PersonViews {
    private PersonViews() {}

    /// @param name what people call it; of a role from the beginning, its id
    record RoleName(String id, String name) {
        static RoleName of(Role role) {
            return new RoleName(role.id().code(), role.name());
        }
    }

    /// Who somebody is, and no more.
    ///
    /// @param roles those that they have now
    record Somebody(UUID id, String name, List<RoleName> roles) {
        static Somebody of(Session session, List<Role> roles) {
            return new Somebody(
                    session.person().value(),
                    session.name(),
                    roles.stream().map(RoleName::of).toList());
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

    /// @param id of this role of this person
    /// @param cameras the word `all`, groups and sites, or ids
    /// @param reviewBy when it stops unless somebody has confirmed it
    /// @param owner who answers for it, by name; nobody for what the recorder itself gave
    /// @param reason why they have it
    record HeldView(
            UUID id,
            String role,
            CameraChoice cameras,
            Instant since,
            Optional<Instant> until,
            Instant reviewBy,
            Optional<String> owner,
            Optional<String> reason) {
        static HeldView of(Held held, Optional<Grounds> grounds) {
            return new HeldView(
                    held.id(),
                    held.role().code(),
                    CameraChoice.of(held.on()),
                    held.since(),
                    held.until(),
                    held.reviewBy(),
                    grounds.map(Grounds::name),
                    grounds.map(Grounds::reason));
        }
    }

    /// A role that waits for a second officer.
    ///
    /// @param approval what was asked
    /// @param replaces the id of the role in whose place
    record WaitingView(
            UUID approval,
            String role,
            CameraChoice cameras,
            Optional<Instant> until,
            Optional<UUID> replaces) {
        static WaitingView of(Waiting waiting) {
            return new WaitingView(
                    waiting.approval(),
                    waiting.role().code(),
                    CameraChoice.of(waiting.on()),
                    waiting.until(),
                    waiting.replaces());
        }
    }

    /// @param waiting roles that a second officer has not said yes to
    /// @param state `invited`, `active` or `removed`
    record PersonView(
            UUID id,
            String name,
            List<HeldView> roles,
            List<WaitingView> waiting,
            String state,
            Optional<Instant> lastSignIn) {
        static PersonView of(Person person, Map<UUID, Grounds> grounds) {
            return new PersonView(
                    person.id().value(),
                    person.name(),
                    person.roles().stream()
                            .map(held ->
                                    HeldView.of(held, Optional.ofNullable(grounds.get(held.id()))))
                            .toList(),
                    person.waiting().stream().map(WaitingView::of).toList(),
                    person.state().code(),
                    person.lastSignIn());
        }
    }

    /// @param link is shown this once
    record Invited(PersonView person, String link, Instant expiresAt) {}
}
