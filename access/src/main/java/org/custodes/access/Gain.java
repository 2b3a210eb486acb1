package org.custodes.access;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.custodes.register.Group;
import org.custodes.rights.Scope;

/// What a widening gives somebody, in names that people know.
public sealed interface Gain {

    /// A group or a site, by what it is called now.
    record Place(UUID id, String name) {

        public Place {
            Objects.requireNonNull(id);
            Objects.requireNonNull(name);
        }
    }

    /// Somebody gets a role.
    ///
    /// @param name of whoever gets it
    /// @param role as it is now; of one that is not there any more, its id is its name
    /// @param on what
    /// @param places the groups and sites that it is on, as far as they are there
    /// @param until when it ends by itself
    /// @param replaces whether they have it on something else until then
    record RoleGiven(
            PersonId person,
            String name,
            RoleName role,
            Scope on,
            List<Place> places,
            Optional<Instant> until,
            boolean replaces)
            implements Gain {

        public RoleGiven {
            Objects.requireNonNull(person);
            Objects.requireNonNull(name);
            Objects.requireNonNull(role);
            Objects.requireNonNull(on);
            places = List.copyOf(places);
            Objects.requireNonNull(until);
        }
    }

    /// What somebody signs in with ends, and they can be let in anew.
    record SignInReset(PersonId person, String name) implements Gain {

        public SignInReset {
            Objects.requireNonNull(person);
            Objects.requireNonNull(name);
        }
    }

    /// A group of cameras becomes another, and whoever has a role on it sees more.
    ///
    /// @param group as it becomes
    /// @param before as it was when that was asked
    /// @param places what it lies in, as it becomes and as it was, as far as they are there
    record GroupChanged(Group group, Group before, List<Place> places) implements Gain {

        public GroupChanged {
            Objects.requireNonNull(group);
            Objects.requireNonNull(before);
            places = List.copyOf(places);
        }
    }

    /// A role of one's own allows more.
    ///
    /// @param role as it becomes
    record RoleChanged(Role role) implements Gain {

        public RoleChanged {
            Objects.requireNonNull(role);
        }
    }

    /// A role, and what people call it.
    ///
    /// @param id the same as the name of one that is not there any more
    record RoleName(String id, String name) {

        public RoleName {
            Objects.requireNonNull(id);
            Objects.requireNonNull(name);
        }
    }
}
