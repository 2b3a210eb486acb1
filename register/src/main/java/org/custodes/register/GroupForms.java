package org.custodes.register;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.custodes.media.CameraId;

/// Understands what is asked of the register about groups of cameras, against what it knows now. Changes nothing.
final class GroupForms {
    /// More than a tree that people find their way in.
    static final int DEEPEST = 8;

    /// So that a look for what lies in what stays short.
    static final int MOST_GROUPS = 5_000;

    private final RegisterState state;

    GroupForms(RegisterState state) {
        this.state = state;
    }

    Checked<Draft<Group>> newGroup(GroupForm wanted) {
        var form = new Form();
        var parent = parent(form, wanted.parent().orElse(""));
        var name = form.text("name", wanted.name().orElse(""), 1, Form.LONGEST_NAME);
        if (form.faulty() || parent.isEmpty()) {
            return new Checked.Faulty<>(form.faults());
        }
        var place = parent.get();
        return checked(
                form,
                new Group(
                        UUID.randomUUID(),
                        place.site(),
                        place.id(),
                        name,
                        cameras(form, place.site(), wanted).orElse(Set.of())));
    }

    Checked<Draft<Group>> knownGroup(UUID id, GroupForm wanted) {
        var known = state.groups().get(id);
        if (known == null) {
            return new Checked.Faulty<>(List.of(Form.unknown("group")));
        }
        var form = new Form();
        var parent = wanted.parent().flatMap(given -> parent(form, given));
        var name = wanted.name().map(given -> form.text("name", given, 1, Form.LONGEST_NAME));
        var cameras = cameras(form, known.site(), wanted);
        if (form.faulty()) {
            return new Checked.Faulty<>(form.faults());
        }
        parent.filter(place -> !place.site().equals(known.site()))
                .ifPresent(_ -> form.add(otherSite()));
        return checked(
                form,
                new Group(
                        id,
                        known.site(),
                        parent.map(Place::id).orElse(known.parent()),
                        name.orElse(known.name()),
                        cameras.orElse(known.cameras())));
    }

    private Checked<Draft<Group>> checked(Form form, Group group) {
        if (!form.faulty()) {
            form.addAll(conflicts(group));
        }
        return form.faulty()
                ? new Checked.Faulty<>(form.faults())
                : new Checked.Fits<>(new Draft<>(group));
    }

    /// A group, or a site.
    private record Place(UUID id, UUID site) {}

    private Optional<Place> parent(Form form, String given) {
        var place = Form.uuid(given).flatMap(this::place);
        if (place.isEmpty()) {
            form.add(
                    given.isEmpty()
                            ? new Fault(
                                    "parent",
                                    "form.required",
                                    "'parent' is missing: say in which site or group it lies.",
                                    Map.of())
                            : Form.unknown("parent"));
        }
        return place;
    }

    private Optional<Place> place(UUID id) {
        return state.sites().containsKey(id)
                ? Optional.of(new Place(id, id))
                : Optional.ofNullable(state.groups().get(id))
                        .map(group -> new Place(id, group.site()));
    }

    /// A camera of another site is as unknown as one that is not there: it cannot lie here.
    private Optional<Set<CameraId>> cameras(Form form, UUID site, GroupForm wanted) {
        return wanted.cameras()
                .map(given -> {
                    var cameras = new HashSet<CameraId>();
                    given.forEach(text -> camera(site, text).ifPresent(cameras::add));
                    if (cameras.size() < given.stream().distinct().count()) {
                        form.add(
                                new Fault(
                                        "cameras",
                                        "group.camera",
                                        "'cameras' names a camera that is not at the group's site.",
                                        Map.of()));
                    }
                    return cameras;
                });
    }

    private Optional<CameraId> camera(UUID site, String text) {
        return Form.uuid(text)
                .map(CameraId::new)
                .filter(id ->
                        Optional.ofNullable(state.cameras().get(id))
                                .filter(camera -> camera.site().equals(site))
                                .isPresent());
    }

    private static Fault otherSite() {
        return new Fault(
                "parent",
                "group.other-site",
                "A group stays at its site, as its cameras do. Make another one there.",
                Map.of());
    }

    /// What stands against this group now: it is asked at the check, and again under the lock.
    List<Fault> conflicts(Group group) {
        if (!group.outermost() && !state.groups().containsKey(group.parent())) {
            return List.of(Form.unknown("parent"));
        }
        var around = state.with(group).groupsAround(group);
        if (around.isEmpty()) {
            return List.of(
                    new Fault(
                            "parent",
                            "group.circle",
                            "A group cannot lie in itself, or in one that lies in it. Choose another place.",
                            Map.of()));
        }
        if (around.size() + state.deepestIn(group.id()) > DEEPEST) {
            return List.of(
                    new Fault(
                            "parent",
                            "group.too-deep",
                            "At most %d groups lie in each other. Choose a place farther out."
                                    .formatted(DEEPEST),
                            Map.of("most", Integer.toString(DEEPEST))));
        }
        return Stream.concat(taken(group), tooMany(group)).toList();
    }

    /// Cameras that lie in it are no fault: they stay at their site.
    List<Fault> againstRemoval(UUID id) {
        if (!state.groups().containsKey(id)) {
            return List.of(Form.unknown("group"));
        }
        var inner = state.groupsIn(id).count();
        return inner == 0
                ? List.of()
                : List.of(
                        new Fault(
                                "group",
                                "group.not-empty",
                                "%d groups lie in this one. Move or remove them first."
                                        .formatted(inner),
                                Map.of("groups", Long.toString(inner))));
    }

    private Stream<Fault> taken(Group group) {
        return state.groups().values().stream()
                .filter(other -> !other.id().equals(group.id()))
                .filter(other -> other.parent().equals(group.parent()))
                .filter(other -> other.name().equalsIgnoreCase(group.name()))
                .limit(1)
                .map(_ ->
                        new Fault(
                                "name",
                                "group.taken",
                                "There is a group of this name at this place already. Choose another name.",
                                Map.of()));
    }

    private Stream<Fault> tooMany(Group group) {
        return state.groups().containsKey(group.id()) || state.groups().size() < MOST_GROUPS
                ? Stream.empty()
                : Stream.of(
                        new Fault(
                                "name",
                                "group.too-many",
                                "There are %d groups already. Remove one first."
                                        .formatted(MOST_GROUPS),
                                Map.of("most", Integer.toString(MOST_GROUPS))));
    }
}
