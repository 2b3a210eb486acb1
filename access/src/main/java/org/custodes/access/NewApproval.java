package org.custodes.access;

import java.time.Instant;
import java.util.Objects;

/// What somebody asks another's yes for and does themselves then, nothing of it checked yet.
///
/// @param camera its id
/// @param from the first moment that they want to see; ignored where nothing is looked at
/// @param to the first that they do not
/// @param reason why, for whoever decides
public record NewApproval(
        ApprovalRequest.Kind kind,
        String camera,
        Instant from,
        Instant to,
        Why why,
        String reason) {

    public NewApproval {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(camera);
        Objects.requireNonNull(from);
        Objects.requireNonNull(to);
        Objects.requireNonNull(why);
        Objects.requireNonNull(reason);
    }

    /// A look back.
    public static NewApproval look(
            String camera, Instant from, Instant to, Why why, String reason) {
        return new NewApproval(ApprovalRequest.Kind.PLAYBACK, camera, from, to, why, reason);
    }

    /// To remove a camera that footage is kept of.
    public static NewApproval removal(String camera, String reason) {
        return new NewApproval(
                ApprovalRequest.Kind.REMOVAL,
                camera,
                Instant.EPOCH,
                Instant.EPOCH,
                Why.UNSAID,
                reason);
    }

    /// Tells nothing of it: this text may end up in a log.
    @Override
    public String toString() {
        return "NewApproval[not checked yet]";
    }
}
