package org.custodes.access;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.custodes.register.Group;
import org.custodes.register.Register;
import org.custodes.register.Site;
import org.custodes.rights.RoleId;
import org.jdbi.v3.core.Handle;

/// Tells what widenings give, by the names of people, roles and groups.
final class Gains {
    private final Drafts drafts;
    private final Register register;

    Gains(Drafts drafts, Register register) {
        this.drafts = drafts;
        this.register = register;
    }

    /// Of what was asked; nothing if it widens nothing.
    Optional<Gain> of(Handle handle, UUID approval) {
        return drafts.kept(handle, approval).map(draft -> told(draft, Names.of(handle)));
    }

    /// Of all that was asked since then, by the ids of the requests.
    Map<UUID, Gain> since(Handle handle, Instant then) {
        var kept = drafts.since(handle, then);
        if (kept.isEmpty()) {
            return Map.of();
        }
        var names = Names.of(handle);
        return kept.entrySet().stream()
                .collect(
                        Collectors.toMap(
                                Map.Entry::getKey, found -> told(found.getValue(), names)));
    }

    private record Names(Map<PersonId, String> people, Map<RoleId, String> roles) {

        static Names of(Handle handle) {
            return new Names(
                    PersonTable.all(handle).stream()
                            .collect(Collectors.toMap(Person::id, Person::name)),
                    RoleTable.all(handle).stream().collect(Collectors.toMap(Role::id, Role::name)));
        }

        String person(PersonId id) {
            return people.getOrDefault(id, "");
        }

        Gain.RoleName role(RoleId id) {
            return new Gain.RoleName(id.code(), roles.getOrDefault(id, id.code()));
        }
    }

    private Gain told(Draft draft, Names names) {
        return switch (draft) {
            case Draft.Gift(var person, var role, var on, var until, var replaces) ->
                    new Gain.RoleGiven(
                            person,
                            names.person(person),
                            names.role(role),
                            on,
                            places(AssignmentTable.groups(on).stream().sorted()),
                            until,
                            replaces.isPresent());
            case Draft.Reset(var person) -> new Gain.SignInReset(person, names.person(person));
            case Draft.Regroup(var group, var before, _) ->
                    new Gain.GroupChanged(
                            group,
                            before,
                            places(Stream.of(group.parent(), before.parent()).distinct()));
            case Draft.RoleChange(var role) -> new Gain.RoleChanged(role);
        };
    }

    private List<Gain.Place> places(Stream<UUID> ids) {
        return ids.flatMap(id -> place(id).stream()).toList();
    }

    private Optional<Gain.Place> place(UUID id) {
        return register.group(id)
                .map(Group::name)
                .or(() -> register.site(id).map(Site::name))
                .map(name -> new Gain.Place(id, name));
    }
}
