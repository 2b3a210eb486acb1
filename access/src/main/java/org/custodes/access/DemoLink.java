package org.custodes.access;

import java.util.Objects;

/// How somebody of a demo signs in.
///
/// @param who a word for them: their role's, or `second-officer`
public record DemoLink(String who, Template role, OneTimeLink link) {

    public DemoLink {
        Objects.requireNonNull(who);
        Objects.requireNonNull(role);
        Objects.requireNonNull(link);
    }
}
