package org.custodes.access;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.custodes.media.CameraId;
import org.custodes.media.MediaClass;
import org.custodes.media.TimeRange;
import org.custodes.register.Camera;
import org.custodes.register.Register;
import org.custodes.rights.Assurance;
import org.custodes.rights.Decide;
import org.custodes.rights.Decision;
import org.custodes.rights.PolicySnapshot;
import org.custodes.rights.Request;
import org.custodes.rights.Right;
import org.custodes.rights.Subject;

/// Who could see what, and why not: what was granted is asked as if somebody had signed in at that moment.
final class Sights {
    private static final String OF_PERSON = "see rights of a person";
    private static final String ON_CAMERA = "see rights on a camera";

    /// Nobody's: which network they come from is not asked.
    private static final InetAddress NOWHERE = InetAddress.ofLiteral("0.0.0.0");

    private final AccessTables tables;
    private final Gate gate;
    private final Policies policies;
    private final Register register;

    Sights(AccessTables tables, Gate gate, Policies policies, Register register) {
        this.tables = tables;
        this.gate = gate;
        this.policies = policies;
        this.register = register;
    }

    /// Of all cameras that are here, what one person could see.
    Answer<List<Sight>> of(Session session, PersonId id, Instant at) {
        var refused = mayNot(session, OF_PERSON);
        if (refused.isPresent()) {
            return new Answer.Refused<>(refused.get());
        }
        var person = tables.in(handle -> PersonTable.byId(handle, id)).map(PersonTable.Row::person);
        if (person.isEmpty()) {
            return new Answer.Refused<>(
                    gate.recordRefusal(session, OF_PERSON, Act.object(id), Reason.PERSON_UNKNOWN));
        }
        var policy = policies.now().at(at);
        return new Answer.Done<>(
                register.cameras().stream()
                        .map(camera -> sight(person.get(), camera, policy))
                        .toList());
    }

    /// Everybody who could see anything of a camera.
    Answer<List<Sight>> at(Session session, CameraId id, Instant at) {
        var refused = mayNot(session, ON_CAMERA);
        if (refused.isPresent()) {
            return new Answer.Refused<>(refused.get());
        }
        var camera = register.camera(id);
        if (camera.isEmpty()) {
            return new Answer.Refused<>(
                    gate.recordRefusal(session, ON_CAMERA, Act.object(id), Reason.CAMERA_UNKNOWN));
        }
        var policy = policies.now().at(at);
        return new Answer.Done<>(
                tables.in(PersonTable::all).stream()
                        .filter(person -> person.state() == Person.State.ACTIVE)
                        .map(person -> sight(person, camera.get(), policy))
                        .filter(Sight::any)
                        .toList());
    }

    private Optional<Reason> mayNot(Session session, String what) {
        return gate.refuses(session, what, Request.of(session.subject(), Right.SEE_RIGHTS));
    }

    private static Sight sight(Person person, Camera camera, PolicySnapshot policy) {
        var at = policy.takenAt();
        var live = look(person, Right.WATCH_LIVE, camera, Optional.empty(), at);
        var kept = new TimeRange(at.minus(camera.retention()), at.plus(Duration.ofSeconds(1)));
        var back =
                Decide.shown(
                        look(person, Right.PLAY_BACK, camera, Optional.of(kept), at), policy, at);
        var against = against(back, policy);
        return new Sight(
                person.id(),
                person.name(),
                camera.id(),
                against(live, policy),
                against,
                against.isEmpty() ? back.interval().map(TimeRange::start) : Optional.empty());
    }

    private static Request look(
            Person person, Right right, Camera camera, Optional<TimeRange> interval, Instant at) {
        var subject = new Subject(person.id().value(), "none", Assurance.PASSKEY, at, NOWHERE);
        return Request.of(subject, right).on(camera.id()).of(MediaClass.VEILED, interval);
    }

    private static List<Reason> against(Request request, PolicySnapshot policy) {
        return switch (Decide.decide(request, policy, policy.takenAt())) {
            case Decision.Allowed _ -> List.of();
            case Decision.Refused(var grounds) -> grounds.stream().map(Reason::of).toList();
        };
    }
}
