package org.custodes.server;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.custodes.access.NewPerson;
import org.custodes.rights.Scope;

/// Which cameras somebody is given: the word `all`, groups and sites, or a list of ids.
sealed interface CameraChoice {
    String ALL = "all";

    /// How it travels.
    @JsonValue
    Object told();

    /// As `access` takes it.
    NewPerson.CameraChoice wanted();

    /// What somebody has.
    static CameraChoice of(Scope scope) {
        return switch (scope) {
            case Scope.All() -> new All();
            case Scope.Cameras(var cameras) ->
                    new These(cameras.stream().map(camera -> camera.value()).sorted().toList());
            case Scope.Groups(var groups) ->
                    new In(groups.stream().map(group -> group.value()).sorted().toList());
        };
    }

    record All() implements CameraChoice {
        @Override
        public Object told() {
            return ALL;
        }

        @Override
        public NewPerson.CameraChoice wanted() {
            return new NewPerson.CameraChoice(true, List.of());
        }
    }

    /// Those of these groups and sites, and whatever comes into them.
    record In(List<UUID> groups) implements CameraChoice {
        static final String GROUPS = "groups";

        public In {
            groups = List.copyOf(groups);
        }

        @Override
        public Object told() {
            return Map.of(GROUPS, groups);
        }

        @Override
        public NewPerson.CameraChoice wanted() {
            return NewPerson.CameraChoice.in(groups.stream().map(UUID::toString).toList());
        }
    }

    record These(List<UUID> ids) implements CameraChoice {
        public These {
            ids = List.copyOf(ids);
        }

        @Override
        public Object told() {
            return ids;
        }

        @Override
        public NewPerson.CameraChoice wanted() {
            return new NewPerson.CameraChoice(false, ids.stream().map(UUID::toString).toList());
        }
    }
}
