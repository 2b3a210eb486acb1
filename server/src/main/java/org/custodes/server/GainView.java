package org.custodes.server;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.custodes.access.Gain;
import org.custodes.media.CameraId;
import org.custodes.register.Group;

/// What a widening gives somebody: one of its members, and no other.
///
/// @param given a role
/// @param reset whose sign-in is reset
/// @param regrouped what a group of cameras becomes
/// @param allowed what a role of one's own becomes
record GainView(
        Optional<RoleGiven> given,
        Optional<ApprovalRoutes.Asker> reset,
        Optional<Regrouped> regrouped,
        Optional<RoleRoutes.RoleView> allowed) {

    /// A group or a site.
    record Place(UUID id, String name) {
        private static List<Place> of(List<Gain.Place> places) {
            return places.stream().map(place -> new Place(place.id(), place.name())).toList();
        }
    }

    /// @param places what the groups and sites among the cameras are called, as far as they are there
    /// @param until when it will end by itself
    /// @param replaces whether they have it on something else until then
    record RoleGiven(
            ApprovalRoutes.Asker person,
            PersonViews.RoleName role,
            CameraChoice cameras,
            List<Place> places,
            Optional<Instant> until,
            boolean replaces) {
        private static RoleGiven of(Gain.RoleGiven given) {
            return new RoleGiven(
                    new ApprovalRoutes.Asker(given.person().value(), given.name()),
                    new PersonViews.RoleName(given.role().id(), given.role().name()),
                    CameraChoice.of(given.on()),
                    Place.of(given.places()),
                    given.until(),
                    given.replaces());
        }
    }

    /// A group of cameras at one time.
    ///
    /// @param parent the id of a group, or of its site
    record GroupThen(String name, UUID parent, List<UUID> cameras) {
        private static GroupThen of(Group group) {
            return new GroupThen(
                    group.name(),
                    group.parent(),
                    group.cameras().stream().map(CameraId::value).sorted().toList());
        }
    }

    /// @param before as it was when this was asked
    /// @param places what both lie in, as far as that is there
    record Regrouped(UUID id, GroupThen after, GroupThen before, List<Place> places) {}

    static GainView of(Gain gain) {
        return switch (gain) {
            case Gain.RoleGiven given ->
                    new GainView(
                            Optional.of(RoleGiven.of(given)),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty());
            case Gain.SignInReset(var person, var name) ->
                    new GainView(
                            Optional.empty(),
                            Optional.of(new ApprovalRoutes.Asker(person.value(), name)),
                            Optional.empty(),
                            Optional.empty());
            case Gain.GroupChanged(var group, var before, var places) ->
                    new GainView(
                            Optional.empty(),
                            Optional.empty(),
                            Optional.of(
                                    new Regrouped(
                                            group.id(),
                                            GroupThen.of(group),
                                            GroupThen.of(before),
                                            Place.of(places))),
                            Optional.empty());
            case Gain.RoleChanged(var role) ->
                    new GainView(
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.of(RoleRoutes.RoleView.of(role)));
        };
    }
}
