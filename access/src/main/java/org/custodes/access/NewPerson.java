package org.custodes.access;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// A person as a security officer invites them, nothing of it checked yet.
///
/// @param given the first role
public record NewPerson(String name, RoleGift given) {

    /// A role that is given to somebody, nothing of it checked yet.
    ///
    /// @param role a [Role]'s id
    /// @param until when it ends; empty if it does not
    /// @param reason why they are to have it
    public record RoleGift(
            String role, CameraChoice cameras, Optional<Instant> until, String reason) {

        public RoleGift {
            Objects.requireNonNull(role);
            Objects.requireNonNull(cameras);
            Objects.requireNonNull(until);
            Objects.requireNonNull(reason);
        }
    }

    /// Cameras as somebody chooses them, nothing of it checked yet.
    ///
    /// @param all all there are and will be
    /// @param groups ids of groups and sites, if not all: what lies in them now and will
    /// @param ids of cameras, if neither
    public record CameraChoice(boolean all, List<String> groups, List<String> ids) {

        public CameraChoice {
            groups = List.copyOf(groups);
            ids = List.copyOf(ids);
        }

        /// No groups.
        public CameraChoice(boolean all, List<String> ids) {
            this(all, List.of(), ids);
        }

        public static CameraChoice none() {
            return new CameraChoice(false, List.of());
        }

        public static CameraChoice in(List<String> groups) {
            return new CameraChoice(false, groups, List.of());
        }
    }

    public NewPerson {
        Objects.requireNonNull(name);
        Objects.requireNonNull(given);
    }

    /// Without an end.
    public NewPerson(String name, String role, CameraChoice cameras, String reason) {
        this(name, new RoleGift(role, cameras, Optional.empty(), reason));
    }

    /// Tells no name: this text may end up in a log.
    @Override
    public String toString() {
        return "NewPerson[not checked yet]";
    }
}
