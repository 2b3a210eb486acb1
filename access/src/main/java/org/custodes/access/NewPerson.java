package org.custodes.access;

import java.util.List;
import java.util.Objects;

/// A person as a security officer invites them, nothing of it checked yet.
///
/// @param role a [Role]'s code
public record NewPerson(String name, String role, CameraChoice cameras) {

    /// Cameras as somebody chooses them, nothing of it checked yet.
    ///
    /// @param all all there are and will be
    /// @param ids of cameras, if not all
    public record CameraChoice(boolean all, List<String> ids) {

        public CameraChoice {
            ids = List.copyOf(ids);
        }

        public static CameraChoice none() {
            return new CameraChoice(false, List.of());
        }
    }

    public NewPerson {
        Objects.requireNonNull(name);
        Objects.requireNonNull(role);
        Objects.requireNonNull(cameras);
    }

    /// Tells no name: this text may end up in a log.
    @Override
    public String toString() {
        return "NewPerson[not checked yet]";
    }
}
