package org.custodes.access;

import java.util.Optional;
import org.custodes.media.CameraId;

/// The one rule: may somebody of this role, with these cameras, use this right? Pure.
final class Rules {
    private Rules() {}

    /// Why not; empty if they may.
    ///
    /// @param camera empty asks whether they may at all, on some camera
    static Optional<Reason> refusal(
            RightsTable table,
            Role role,
            CameraScope cameras,
            Right right,
            Optional<CameraId> camera) {
        if (!table.allows(role, right)) {
            return Optional.of(Reason.RIGHT_MISSING);
        }
        // Pictures are bound to cameras whoever looks: a table that gave them to another role would
        // still give them no camera.
        var bound = right.ofCamera() && (role == Role.OPERATOR || right.showsPictures());
        if (bound && camera.isPresent() && !cameras.covers(camera.get())) {
            return Optional.of(Reason.CAMERA_NOT_GIVEN);
        }
        return Optional.empty();
    }
}
