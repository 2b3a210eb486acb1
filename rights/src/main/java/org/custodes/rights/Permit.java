package org.custodes.rights;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.custodes.media.MediaClass;

/// What a role may do. A condition that a right has nothing to do with (a class for a right that shows none)
/// does not bind it.
///
/// @param role whose
/// @param rights which; none: nothing
/// @param scope on which cameras
/// @param classes which kinds of footage
/// @param hours when they may do it, by the clock of the camera's site
/// @param oldest how old footage may be at most; empty for as old as it is kept
/// @param sinceGiven only footage of the time since the role was given
/// @param purposes for one of which it has to be; none: for none in particular
/// @param needsCase whether a case has to be named
/// @param tallest how many lines a picture may have; empty for all it has
/// @param approvals how many others have to say yes, 0 to 2
/// @param assurance how surely it has to be known who they are
/// @param freshWithin how long ago they may have proved that; empty for as long as their session lasts
/// @param from from which networks; none: from any
public record Permit(
        RoleId role,
        Set<Right> rights,
        Scope scope,
        Set<MediaClass> classes,
        Hours hours,
        Optional<Duration> oldest,
        boolean sinceGiven,
        Set<String> purposes,
        boolean needsCase,
        OptionalInt tallest,
        int approvals,
        Assurance assurance,
        Optional<Duration> freshWithin,
        Set<Network> from) {

    public static final int MOST_APPROVALS = 2;

    public Permit {
        Objects.requireNonNull(role);
        rights = Set.copyOf(rights);
        Objects.requireNonNull(scope);
        classes = Set.copyOf(classes);
        Objects.requireNonNull(hours);
        Objects.requireNonNull(oldest);
        purposes = Set.copyOf(purposes);
        Objects.requireNonNull(tallest);
        Objects.requireNonNull(assurance);
        Objects.requireNonNull(freshWithin);
        from = Set.copyOf(from);
        if (approvals < 0 || approvals > MOST_APPROVALS) {
            throw new IllegalArgumentException(
                    "0 to %d others may be asked, but got %d".formatted(MOST_APPROVALS, approvals));
        }
    }

    /// The same, if so many others say yes.
    ///
    /// @param others 0 to 2
    public Permit ifApprovedBy(int others) {
        return new Permit(
                role,
                rights,
                scope,
                classes,
                hours,
                oldest,
                sinceGiven,
                purposes,
                needsCase,
                tallest,
                others,
                assurance,
                freshWithin,
                from);
    }

    /// The same, for whoever proved who they are no longer ago than this.
    public Permit ifProvedWithin(Duration ago) {
        return new Permit(
                role,
                rights,
                scope,
                classes,
                hours,
                oldest,
                sinceGiven,
                purposes,
                needsCase,
                tallest,
                approvals,
                assurance,
                Optional.of(ago),
                from);
    }

    /// These rights on these cameras, veiled, whenever, from wherever, for whatever: what conditions are
    /// added to.
    public static Permit of(RoleId role, Set<Right> rights, Scope scope) {
        return new Permit(
                role,
                rights,
                scope,
                Set.of(MediaClass.VEILED),
                Hours.always(),
                Optional.empty(),
                false,
                Set.of(),
                false,
                OptionalInt.empty(),
                0,
                Assurance.LINK,
                Optional.empty(),
                Set.of());
    }
}
