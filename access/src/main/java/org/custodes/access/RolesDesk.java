package org.custodes.access;

import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.custodes.register.Fault;
import org.custodes.register.Form;
import org.custodes.rights.Hours;
import org.custodes.rights.Request;
import org.custodes.rights.Right;
import org.custodes.rights.RoleId;
import org.jdbi.v3.core.Handle;

/// The roles that there are, and how they are made, changed and retired. Changes come one after the other.
final class RolesDesk {
    private static final int LONGEST_NAME = 60;
    private static final int MOST_HOURS = 366 * 24;
    private static final int MOST_SPANS = 20;

    /// So that a number fits behind it.
    private static final int LONGEST_ID = 30;

    private final AccessTables tables;
    private final Gate gate;
    private final Policies policies;
    private final Widenings widenings;
    private final People people;
    private final Looks looks;
    private final Changing changing;

    RolesDesk(
            AccessTables tables,
            Gate gate,
            Policies policies,
            Widenings widenings,
            People people,
            Looks looks) {
        this.tables = tables;
        this.gate = gate;
        this.policies = policies;
        this.widenings = widenings;
        this.people = people;
        this.looks = looks;
        this.changing = new Changing(gate);
    }

    Answer<List<Role>> all(Session session) {
        // Whoever may see what others can see may know what their roles allow.
        var refused =
                gate.refuses(
                        session, "list roles", Request.of(session.subject(), Right.SEE_RIGHTS));
        return refused.isPresent()
                ? new Answer.Refused<>(refused.get())
                : new Answer.Done<>(tables.in(RoleTable::all));
    }

    private Optional<Reason> mayNot(Session session, String what) {
        return gate.refuses(session, what, Request.of(session.subject(), Right.MANAGE_RIGHTS));
    }

    synchronized Answer<Role> add(Session session, NewRole wanted) {
        var refused = mayNot(session, Act.Kind.CHANGE_ROLE.code());
        if (refused.isPresent()) {
            return new Answer.Refused<>(refused.get());
        }
        var form = new Form();
        var template = form.choice("template", wanted.template(), watching(), Template::code);
        var name = name(form, wanted, Optional.empty());
        var limits = limits(form, wanted, template.filter(Template::needsCase).isPresent());
        if (form.faulty() || template.isEmpty()) {
            return changing.faulty(session, new Act(Act.Kind.CHANGE_ROLE, "", ""), form.faults());
        }
        var id = tables.in(handle -> freeId(handle, name));
        return save(session, new Role(id, name, template.get(), limits));
    }

    synchronized Answer<Role> change(Session session, String called, NewRole wanted) {
        return changeOwn(
                session,
                called,
                before -> {
                    var id = before.id();
                    var form = new Form();
                    var name = name(form, wanted, Optional.of(id));
                    var limits = limits(form, wanted, before.template().needsCase());
                    return form.faulty()
                            ? changing.faulty(session, about(id, ""), form.faults())
                            : change(
                                    session, before, new Role(id, name, before.template(), limits));
                });
    }

    synchronized Answer<Role> retire(Session session, String called) {
        return changeOwn(
                session,
                called,
                role -> {
                    var id = role.id();
                    var holders = tables.in(handle -> AssignmentTable.holders(handle, id));
                    if (holders > 0) {
                        return changing.faulty(session, about(id, ""), List.of(inUse(holders)));
                    }
                    return changing.change(
                            session,
                            about(id, role.name() + ": retired"),
                            receipt -> {
                                tables.in(handle -> {
                                    RoleTable.retire(handle, id, receipt.time(), receipt.index());
                                    return id;
                                });
                                return role;
                            });
                });
    }

    private static Fault inUse(long holders) {
        return new Fault(
                "role",
                "role.in-use",
                "%d still have this role. Take it from them first.".formatted(holders),
                Map.of("holders", Long.toString(holders)));
    }

    private interface Change {
        Answer<Role> of(Role role);
    }

    /// What is no name of a role names none.
    private Answer<Role> changeOwn(Session session, String called, Change change) {
        var refused = mayNot(session, Act.Kind.CHANGE_ROLE.code());
        if (refused.isPresent()) {
            return new Answer.Refused<>(refused.get());
        }
        var role =
                tables.in(RoleTable::all).stream()
                        .filter(one -> one.id().code().equals(called) && !one.isBuiltIn())
                        .findFirst();
        return role.isEmpty()
                ? new Answer.Refused<>(
                        gate.recordRefusal(
                                session,
                                new Act(Act.Kind.CHANGE_ROLE, "", ""),
                                Reason.ROLE_UNKNOWN))
                : change.of(role.get());
    }

    /// Changes it at once if nobody may do more by that who has it or will have it, and else asks a second officer.
    /// Meanwhile nobody gets it.
    private Answer<Role> change(Session session, Role before, Role after) {
        return people.alone(() -> widenings.alone(() -> changeAlone(session, before, after)));
    }

    private Answer<Role> changeAlone(Session session, Role before, Role after) {
        return policies.widens(after)
                ? widenings
                        .ask(session, new Draft.RoleChange(after), told(after))
                        .map(_ -> tables.in(RoleTable::all).stream())
                        .map(all ->
                                all.filter(one -> one.id().equals(before.id()))
                                        .findFirst()
                                        .orElse(before))
                : save(session, after);
    }

    private Answer<Role> save(Session session, Role role) {
        return changing.change(
                session,
                about(role.id(), told(role)),
                receipt -> {
                    tables.in(handle -> {
                        RoleTable.save(handle, role, receipt.time(), receipt.index());
                        return role;
                    });
                    looks.review();
                    return role;
                });
    }

    private static Act about(RoleId id, String text) {
        return new Act(Act.Kind.CHANGE_ROLE, "role/" + id, text);
    }

    private String name(Form form, NewRole wanted, Optional<RoleId> self) {
        var name = form.text("name", wanted.name(), 1, LONGEST_NAME);
        var taken =
                tables.in(RoleTable::all).stream()
                        .filter(role -> self.filter(role.id()::equals).isEmpty())
                        .anyMatch(role -> role.name().equalsIgnoreCase(name));
        if (taken) {
            form.add(
                    new Fault(
                            "name",
                            "role.taken",
                            "There is a role of this name already. Choose another one.",
                            Map.of()));
        }
        return name;
    }

    private static Template[] watching() {
        return Stream.of(Template.values()).filter(Template::watches).toArray(Template[]::new);
    }

    private static Limits limits(Form form, NewRole wanted, boolean needsCase) {
        var oldest =
                wanted.oldestHours()
                        .map(hours -> form.number("oldestHours", hours, 1, MOST_HOURS))
                        .map(Duration::ofHours);
        var purposes = EnumSet.noneOf(Purpose.class);
        wanted.purposes().stream()
                .limit(MOST_SPANS)
                .forEach(code ->
                        form.choice("purposes", code, Purpose.values(), Purpose::code)
                                .ifPresent(purposes::add));
        return new Limits(
                oldest,
                wanted.sinceGiven(),
                hours(form, wanted),
                purposes,
                needsCase || wanted.needsCase());
    }

    private static Hours hours(Form form, NewRole wanted) {
        if (wanted.hours().isEmpty()) {
            return Hours.always();
        }
        if (wanted.hours().size() > MOST_SPANS) {
            form.add(
                    new Fault(
                            "hours",
                            "role.spans",
                            "'hours' has %d spans, but may have at most %d."
                                    .formatted(wanted.hours().size(), MOST_SPANS),
                            Map.of("most", Integer.toString(MOST_SPANS))));
            return Hours.always();
        }
        return new Hours(
                wanted.hours().stream().flatMap(span -> span(form, span).stream()).toList());
    }

    private static Optional<Hours.Span> span(Form form, NewRole.Span wanted) {
        try {
            var days = days(wanted.days());
            if (!days.isEmpty()) {
                return Optional.of(
                        new Hours.Span(
                                days,
                                LocalTime.parse(wanted.from()),
                                LocalTime.parse(wanted.to())));
            }
        } catch (DateTimeException | IllegalArgumentException e) {
            // Told below, like a span without a day.
        }
        form.add(
                new Fault(
                        "hours",
                        "role.hours",
                        "Each of 'hours' names days such as monday, and two times such as 07:00.",
                        Map.of()));
        return Optional.empty();
    }

    private static Set<DayOfWeek> days(List<String> words) {
        var days = new HashSet<DayOfWeek>();
        words.stream()
                .limit(MOST_SPANS)
                .map(word -> DayOfWeek.valueOf(word.toUpperCase(Locale.ROOT)))
                .forEach(days::add);
        return days;
    }

    /// From the name, so that entries can be read.
    private static RoleId freeId(Handle handle, String name) {
        var words =
                Normalizer.normalize(name, Normalizer.Form.NFKD)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("\\p{M}+", "")
                        .replaceAll("[^a-z0-9]+", "-")
                        .replaceAll("^-|-$", "");
        var named = words.matches("[a-z].*") ? words : ("role-" + words).replaceAll("-$", "");
        var stem = named.substring(0, Math.min(LONGEST_ID, named.length())).replaceAll("-$", "");
        var id = new RoleId(stem);
        for (var number = 2; RoleTable.idIsTaken(handle, id); number++) {
            id = new RoleId(stem + "-" + number);
        }
        return id;
    }

    private static String told(Role role) {
        var limits = role.limits();
        var oldest =
                limits.oldest().map(age -> age.toHours() + " h back").orElse("as far back as kept");
        return "%s: %s, %s%s%s%s%s"
                .formatted(
                        role.name(),
                        role.template().code(),
                        oldest,
                        limits.sinceGiven() ? ", since given" : "",
                        limits.hours().equals(Hours.always()) ? "" : ", within hours",
                        limits.purposes().isEmpty() ? "" : ", for a purpose",
                        limits.needsCase() ? ", for a case" : "");
    }
}
