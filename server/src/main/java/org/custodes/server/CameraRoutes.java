package org.custodes.server;

import static org.custodes.server.Route.delete;
import static org.custodes.server.Route.get;
import static org.custodes.server.Route.patch;
import static org.custodes.server.Route.post;
import static org.custodes.server.Routes.API;
import static org.custodes.server.Who.having;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.custodes.access.Access;
import org.custodes.access.Act;
import org.custodes.access.Decision;
import org.custodes.access.Right;
import org.custodes.access.Session;
import org.custodes.capture.CameraTest;
import org.custodes.capture.Capture;
import org.custodes.capture.ConnectionTest;
import org.custodes.keeping.Keeping;
import org.custodes.media.CameraId;
import org.custodes.register.AddressRules;
import org.custodes.register.Camera;
import org.custodes.register.CameraChange;
import org.custodes.register.CameraDraft;
import org.custodes.register.Checked;
import org.custodes.register.NewCamera;
import org.custodes.register.Register;
import org.custodes.server.CameraViews.CameraTestView;
import org.custodes.server.CameraViews.CameraView;
import org.custodes.server.Problem.Kind;
import org.custodes.server.Reply.RefusedException;

/// Cameras: what there is, and its changes.
final class CameraRoutes {
    /// A new camera as it is asked for.
    ///
    /// @param test whether it is called first, and added only if it answers
    record AddForm(
            String name,
            Optional<String> site,
            String address,
            Optional<String> user,
            Optional<String> password,
            Optional<String> wallAddress,
            String purpose,
            String view,
            Optional<Integer> retentionHours,
            Optional<Boolean> test) {
        NewCamera camera() {
            return new NewCamera(
                    name,
                    site,
                    address,
                    user,
                    password,
                    wallAddress,
                    purpose,
                    view,
                    retentionHours);
        }

        /// Tells nothing: the address may hold a password.
        @Override
        public String toString() {
            return "AddForm";
        }
    }

    record TestForm(String address, Optional<String> user, Optional<String> password) {
        /// Tells nothing: the address may hold a password.
        @Override
        public String toString() {
            return "TestForm";
        }
    }

    private final Register register;
    private final Access access;
    private final Capture capture;
    private final ConnectionTest test;
    private final Keeping keeping;
    private final Changes changes;
    private final InstantSource clock;

    CameraRoutes(Rooms rooms, Changes changes, InstantSource clock) {
        this.register = rooms.register();
        this.access = rooms.access();
        this.capture = rooms.capture();
        this.test = rooms.connectionTest();
        this.keeping = rooms.keeping();
        this.changes = changes;
        this.clock = clock;
    }

    List<Route<?>> list() {
        var configure = having(Right.CONFIGURE_CAMERAS);
        return List.of(
                get(API + "/cameras", having(Right.LIST_CAMERAS))
                        .says(
                                "The cameras, by name; an operator sees those that were given to them.")
                        .answersItems(CameraView.class)
                        .polled()
                        .by(this::cameras),
                post(API + "/cameras", configure)
                        .says(
                                "Adds a camera; it is recorded at once. With test it is called first, and"
                                        + " added only if it answers.")
                        .takes(AddForm.class)
                        .answers(201, CameraView.class)
                        .by(this::add),
                post(API + "/cameras/test", configure)
                        .says("Calls a camera and tells facts of it, never a picture.")
                        .takes(TestForm.class)
                        .answers(CameraTestView.class)
                        .by(this::test),
                patch(API + "/cameras/{id}", configure)
                        .says("Changes a camera; what is left out stays.")
                        .takes(CameraChange.class)
                        .answers(CameraView.class)
                        .by(this::change),
                delete(API + "/cameras/{id}", configure)
                        .says(
                                "Stops recording a camera; its footage stays until its retention ends.")
                        .by(this::remove));
    }

    private Reply cameras(Call call, Route.Nothing nothing) {
        var session = call.session();
        return Reply.items(
                register.camerasEver().stream()
                        .filter(camera -> session.coversCamera(camera.id()))
                        .filter(this::hasFootage)
                        .map(camera -> view(session, camera))
                        .toList());
    }

    /// A camera that was removed is shown for as long as there may be something to look back at.
    private boolean hasFootage(Camera camera) {
        return camera.removedAt()
                .map(removed -> clock.instant().isBefore(removed.plus(camera.retention())))
                .orElse(true);
    }

    private Reply add(Call call, AddForm form) {
        var checked = register.checkNew(form.camera());
        if (form.test().orElse(false) && checked instanceof Checked.Fits<CameraDraft>) {
            var failed = called(call.session(), form);
            if (failed.isPresent()) {
                return failed.get();
            }
        }
        return changes.make(
                call.session(),
                checked,
                new Act(Act.Kind.ADD_CAMERA, "", ""),
                CameraRoutes::adding,
                register::addCamera,
                camera -> Reply.created(view(call.session(), camera)));
    }

    /// Calls each stream of a camera that was found in order otherwise; answers the first that fails.
    private Optional<Reply> called(Session session, AddForm form) {
        return Stream.concat(Stream.of(form.address()), form.wallAddress().stream())
                .map(address -> test(session, address, form.user(), form.password()))
                .filter(reply -> !(reply instanceof Reply.Done))
                .findFirst();
    }

    /// Host and port only: some cameras want more than a place in their path.
    private static Act adding(CameraDraft draft) {
        return Act.about(
                draft.camera().id(),
                Act.Kind.ADD_CAMERA,
                "%s at %s".formatted(draft.camera().name(), draft.address()));
    }

    private Reply change(Call call, CameraChange form) {
        var camera = present(call);
        return changes.make(
                call.session(),
                register.checkChange(camera, form),
                Act.about(camera, Act.Kind.CHANGE_CAMERA, ""),
                draft -> Act.about(camera, Act.Kind.CHANGE_CAMERA, told(draft.value())),
                register::changeCamera,
                changed -> Reply.ok(view(call.session(), changed)));
    }

    private static String told(Camera camera) {
        return "%s, %s, %s, kept %d h"
                .formatted(
                        camera.name(),
                        camera.view().code(),
                        camera.purpose(),
                        camera.retention().toHours());
    }

    private Reply remove(Call call, Route.Nothing nothing) {
        var camera = present(call);
        return changes.make(
                call.session(),
                Act.about(camera, Act.Kind.REMOVE_CAMERA, ""),
                receipt -> register.removeCamera(camera, receipt),
                _ -> Reply.done());
    }

    private CameraId present(Call call) {
        var id = new CameraId(call.id("id"));
        if (register.camera(id).filter(camera -> !camera.removed()).isEmpty()) {
            throw new RefusedException(Problem.notFound());
        }
        return id;
    }

    private Reply test(Call call, TestForm form) {
        return test(call.session(), form.address(), form.user(), form.password());
    }

    private Reply test(
            Session session, String address, Optional<String> user, Optional<String> password) {
        return switch (register.checkAddress(address, user, password)) {
            case Checked.Faulty<AddressRules.Target>(var faults) ->
                    changes.faulty(session, new Act(Act.Kind.TEST_CAMERA, "", ""), faults);
            case Checked.Fits<AddressRules.Target>(var target) -> test(session, target);
        };
    }

    private Reply test(Session session, AddressRules.Target target) {
        var act = new Act(Act.Kind.TEST_CAMERA, "", target.address().toString());
        return switch (access.decide(session, act)) {
            case Decision.Refused(var reason) -> new Reply.Refused(Refusals.of(reason));
            case Decision.Granted _ ->
                    switch (test.of(target.address(), target.secret())) {
                        case CameraTest.Facts facts -> Reply.ok(CameraTestView.of(facts));
                        case CameraTest.Failed(var why, var message) -> {
                            access.recordFailure(session, act, Json.word(why));
                            yield new Reply.Refused(
                                    Kind.CAMERA_TEST.because(
                                            "camera-test." + Json.word(why),
                                            message,
                                            "Mend this at the camera or in the address, and test"
                                                    + " again."));
                        }
                    };
        };
    }

    private CameraView view(Session session, Camera camera) {
        var seesAddresses = access.rights(session).contains(Right.CONFIGURE_CAMERAS);
        return CameraViews.of(
                camera,
                seesAddresses ? Optional.of(register.device(camera.device())) : Optional.empty(),
                capture.states(camera.id()),
                keeping.storage(camera.id()));
    }
}
