package org.custodes.access;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.custodes.media.CameraId;
import org.custodes.register.Fault;
import org.custodes.register.Form;
import org.custodes.register.Register;
import org.custodes.rights.GroupId;
import org.custodes.rights.Scope;

/// What somebody is to be given, as it was sent: which role, on what, until when and why.
final class GiftForm {
    private static final int LONGEST_REASON = 500;
    private static final int MOST_CAMERAS = 10_000;

    private final Register register;

    GiftForm(Register register) {
        this.register = register;
    }

    /// A role as it is given now; empty if there is none of this name.
    ///
    /// @param known the roles that there are
    Optional<Held> held(Form form, NewPerson.RoleGift gift, List<Role> known, Instant now) {
        return form.choice("role", gift.role(), known.toArray(Role[]::new), one -> one.id().code())
                .map(role -> {
                    endFault(role.template(), gift.until(), now).ifPresent(form::add);
                    return Held.given(role, on(form, role, gift.cameras()), now, gift.until());
                });
    }

    /// What a role is given on: what shows no footage, on everything.
    Scope on(Form form, Role role, NewPerson.CameraChoice wanted) {
        return role.template().isOfCameras() ? scope(form, wanted) : new Scope.All();
    }

    static String reason(Form form, NewPerson.RoleGift gift) {
        return form.text("reason", gift.reason(), 1, LONGEST_REASON);
    }

    private static Optional<Fault> endFault(
            Template template, Optional<Instant> until, Instant now) {
        var days = template.longest().map(longest -> Long.toString(longest.toDays())).orElse("");
        if (template.longest().isPresent() && until.isEmpty()) {
            return Optional.of(
                    endFault(
                            "role.until-needed",
                            "This role is given for a time, %s days at most. Say until when."
                                    .formatted(days),
                            days));
        }
        if (until.filter(end -> !end.isAfter(now)).isPresent()) {
            return Optional.of(
                    endFault(
                            "role.until-past",
                            "'until' has passed already. Choose a later time.",
                            days));
        }
        var latest = template.longest().map(now::plus);
        return latest.filter(last -> until.filter(end -> end.isAfter(last)).isPresent())
                .map(_ ->
                        endFault(
                                "role.until-far",
                                "This role is given for %s days at most. Choose an earlier end."
                                        .formatted(days),
                                days));
    }

    private static Fault endFault(String key, String words, String days) {
        return new Fault("until", key, words, Map.of("days", days));
    }

    private Scope scope(Form form, NewPerson.CameraChoice choice) {
        if (choice.all()) {
            return new Scope.All();
        }
        // What lies in groups now, and whatever will: so a site is one of them, and has its own id.
        return choice.groups().isEmpty()
                ? new Scope.Cameras(each(form, "camera", choice.ids(), this::camera))
                : new Scope.Groups(each(form, "group", choice.groups(), this::group));
    }

    /// Those that are here; one that is not is a fault.
    private static <T> Set<T> each(
            Form form, String kind, List<String> ids, Function<String, Optional<T>> find) {
        var found = new HashSet<T>();
        ids.stream().limit(MOST_CAMERAS).forEach(id -> find.apply(id).ifPresent(found::add));
        if (found.size() < ids.stream().distinct().count()) {
            form.add(
                    new Fault(
                            "cameras",
                            "form.unknown",
                            "'cameras' names a %s that is not here.".formatted(kind),
                            Map.of()));
        }
        return found;
    }

    private Optional<CameraId> camera(String text) {
        try {
            return Optional.of(CameraId.parse(text)).filter(id -> register.camera(id).isPresent());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Optional<GroupId> group(String text) {
        try {
            return Optional.of(UUID.fromString(text))
                    .filter(id -> register.group(id).isPresent() || register.site(id).isPresent())
                    .map(GroupId::new);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
