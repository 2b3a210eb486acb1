package org.custodes.access;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.custodes.rights.Hours;
import org.custodes.rights.Permit;

/// What a role's look at footage is bound to.
///
/// @param oldest how old footage may be at most; empty for as old as it is kept
/// @param sinceGiven only footage of the time since they have the role
/// @param hours when they may look, by the clock of the camera's site
/// @param purposes for one of which it has to be; none: for none in particular
/// @param needsCase whether the number of a case has to be given
public record Limits(
        Optional<Duration> oldest,
        boolean sinceGiven,
        Hours hours,
        Set<Purpose> purposes,
        boolean needsCase) {

    /// No limit.
    public static final Limits NONE =
            new Limits(
                    Optional.empty(), false, Hours.always(), EnumSet.noneOf(Purpose.class), false);

    /// No limit but a case.
    static final Limits FOR_A_CASE =
            new Limits(
                    Optional.empty(), false, Hours.always(), EnumSet.noneOf(Purpose.class), true);

    public Limits {
        Objects.requireNonNull(oldest);
        Objects.requireNonNull(hours);
        purposes = Set.copyOf(purposes);
    }

    /// Whether there is footage that is too old for it.
    boolean ofAge() {
        return oldest.isPresent() || sinceGiven;
    }

    Permit on(Permit footage) {
        return on(footage, oldest, sinceGiven);
    }

    /// Footage of whatever age, if somebody else says yes to it.
    Permit beyond(Permit footage) {
        return on(footage, Optional.empty(), false).ifApprovedBy(1);
    }

    private Permit on(Permit footage, Optional<Duration> atMost, boolean sinceThen) {
        return new Permit(
                footage.role(),
                footage.rights(),
                footage.scope(),
                footage.classes(),
                hours,
                atMost,
                sinceThen,
                purposes.stream().map(Purpose::code).collect(Collectors.toSet()),
                needsCase,
                footage.tallest(),
                footage.approvals(),
                footage.assurance(),
                footage.freshWithin(),
                footage.from());
    }
}
