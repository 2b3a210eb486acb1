package org.custodes.server;

import static org.custodes.server.Route.delete;
import static org.custodes.server.Route.get;
import static org.custodes.server.Route.patch;
import static org.custodes.server.Route.post;
import static org.custodes.server.Route.put;
import static org.custodes.server.Routes.API;
import static org.custodes.server.Who.having;

import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.custodes.access.Access;
import org.custodes.access.Act;
import org.custodes.access.Decision;
import org.custodes.access.NewApproval;
import org.custodes.access.Session;
import org.custodes.capture.CameraTest;
import org.custodes.capture.Capture;
import org.custodes.capture.ConnectionTest;
import org.custodes.keeping.Keeping;
import org.custodes.media.CameraId;
import org.custodes.register.Camera;
import org.custodes.register.CameraChange;
import org.custodes.register.CameraDraft;
import org.custodes.register.Checked;
import org.custodes.register.Device;
import org.custodes.register.Fault;
import org.custodes.register.NewCamera;
import org.custodes.register.PlainExceptionForm;
import org.custodes.register.Register;
import org.custodes.register.Trial;
import org.custodes.rights.Right;
import org.custodes.server.ApprovalRoutes.ApprovalView;
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
            Optional<String> transport,
            Optional<String> certificate,
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
                    retentionHours,
                    transport,
                    certificate);
        }

        /// Tells nothing: the address may hold a password.
        @Override
        public String toString() {
            return "AddForm";
        }
    }

    record CertificateForm(String certificate) {}

    record TestForm(
            String address,
            Optional<String> user,
            Optional<String> password,
            Optional<String> transport,
            Optional<String> certificate) {
        /// Tells nothing: the address may hold a password.
        @Override
        public String toString() {
            return "TestForm";
        }
    }

    private final Register register;

    record RemovalForm(String reason) {}

    /// @param approval what was asked and approved, where another's yes is needed
    record RemovalQuery(Optional<UUID> approval) {}

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
                put(API + "/cameras/{id}/certificate", configure)
                        .says("Knows a camera by another certificate from now on.")
                        .takes(CertificateForm.class)
                        .answers(CameraView.class)
                        .by(this::acceptCertificate),
                put(API + "/cameras/{id}/plain-exception", configure)
                        .says(
                                "Lets a camera be called in the clear until then, though its site takes encrypted ones only.")
                        .takes(PlainExceptionForm.class)
                        .answers(CameraView.class)
                        .by(this::except),
                delete(API + "/cameras/{id}/plain-exception", configure)
                        .says("Ends a camera's exception from encryption.")
                        .by(this::endException),
                post(API + "/cameras/{id}/removal", having(Right.REMOVE_RECORDED_CAMERA))
                        .says("Asks for a yes to remove a camera that footage is kept of.")
                        .takes(RemovalForm.class)
                        .answers(201, ApprovalView.class)
                        .by(this::askRemoval),
                delete(API + "/cameras/{id}", configure)
                        .says(
                                "Stops recording a camera; its footage stays until its retention ends."
                                        + " If there is any, somebody else has to have said yes.")
                        .asks(RemovalQuery.class)
                        .by(this::remove));
    }

    private Reply cameras(Call call, Route.Nothing nothing) {
        var known = access.known(call.session());
        var seesAddresses = seesAddresses(call.session());
        return Reply.items(
                register.camerasEver().stream()
                        .filter(camera -> known.test(camera.id()))
                        .filter(this::hasFootage)
                        .map(camera -> view(seesAddresses, camera))
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
        if (form.test().orElse(false) && checked instanceof Checked.Fits<CameraDraft>(var draft)) {
            var failed = called(call.session(), draft);
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
                camera -> Reply.created(view(true, camera)));
    }

    /// Calls each stream of a camera that was found in order otherwise; answers the first that fails.
    private Optional<Reply> called(Session session, CameraDraft draft) {
        return switch (register.checkTrials(draft)) {
            case Checked.Faulty<List<Trial>>(var faults) ->
                    Optional.of(
                            changes.faulty(session, new Act(Act.Kind.TEST_CAMERA, "", ""), faults));
            case Checked.Fits<List<Trial>>(var trials) ->
                    trials.stream().flatMap(trial -> failed(session, trial).stream()).findFirst();
        };
    }

    /// Host and port only: some cameras want more than a place in their path.
    private static Act adding(CameraDraft draft) {
        return Act.about(
                draft.camera().id(),
                Act.Kind.ADD_CAMERA,
                "%s at %s%s"
                        .formatted(
                                draft.camera().name(),
                                draft.address(),
                                draft.certificate()
                                        .map(pin ->
                                                ", to be known by the certificate " + pin.sha256())
                                        .orElse("")));
    }

    private Reply change(Call call, CameraChange form) {
        var camera = present(call);
        return changes.make(
                call.session(),
                register.checkChange(camera, form),
                Act.about(camera, Act.Kind.CHANGE_CAMERA, ""),
                draft -> Act.about(camera, Act.Kind.CHANGE_CAMERA, told(draft.value())),
                register::changeCamera,
                changed -> Reply.ok(view(true, changed)));
    }

    private static String told(Camera camera) {
        return "%s, %s, %s, kept %d h, by %s"
                .formatted(
                        camera.name(),
                        camera.view().code(),
                        camera.purpose(),
                        camera.retention().toHours(),
                        camera.link().transport().code());
    }

    private Reply acceptCertificate(Call call, CertificateForm form) {
        var camera = present(call);
        return changes.make(
                call.session(),
                register.checkCertificate(camera, form.certificate()),
                Act.about(camera, Act.Kind.ACCEPT_CERTIFICATE, ""),
                draft -> Act.about(camera, Act.Kind.ACCEPT_CERTIFICATE, told(draft.value())),
                register::acceptCertificate,
                _ -> Reply.ok(view(true, register.camera(camera).orElseThrow())));
    }

    private static String told(Device device) {
        return "%s:%d is known by the certificate %s"
                .formatted(
                        device.host(),
                        device.port(),
                        device.pinnedCertificate().orElseThrow().sha256());
    }

    private Reply except(Call call, PlainExceptionForm form) {
        var camera = present(call);
        return changes.make(
                call.session(),
                register.checkPlainException(camera, form),
                Act.about(camera, Act.Kind.GIVE_PLAIN_EXCEPTION, ""),
                draft ->
                        Act.about(
                                camera,
                                Act.Kind.GIVE_PLAIN_EXCEPTION,
                                toldException(draft.value())),
                register::changePlainException,
                changed -> Reply.ok(view(true, changed)));
    }

    private Reply endException(Call call, Route.Nothing nothing) {
        var camera = present(call);
        return changes.make(
                call.session(),
                register.checkNoPlainException(camera),
                Act.about(camera, Act.Kind.END_PLAIN_EXCEPTION, ""),
                draft ->
                        Act.about(
                                camera, Act.Kind.END_PLAIN_EXCEPTION, toldException(draft.value())),
                register::changePlainException,
                _ -> Reply.done());
    }

    private static String toldException(Camera camera) {
        return camera.link()
                .plainException()
                .map(exception ->
                        "%s may be called in the clear until %s: %s"
                                .formatted(camera.name(), exception.until(), exception.reason()))
                .orElse("%s has no exception from encryption".formatted(camera.name()));
    }

    private Reply askRemoval(Call call, RemovalForm form) {
        var wanted = NewApproval.removal(present(call).toString(), form.reason());
        return Replies.of(
                access.askApproval(call.session(), wanted),
                asked -> Reply.created(ApprovalView.of(asked)));
    }

    private Reply remove(Call call, RemovalQuery query) {
        var camera = present(call);
        if (keeping.storage(camera).newest().isPresent()) {
            var refused = access.refusesRemoval(call.session(), camera, query.approval());
            if (refused.isPresent()) {
                return new Reply.Refused(Refusals.of(refused.get()));
            }
        }
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
        var checked =
                register.checkTrial(
                        form.address(),
                        form.user(),
                        form.password(),
                        form.transport(),
                        form.certificate());
        return switch (checked) {
            case Checked.Faulty<Trial>(var faults) ->
                    changes.faulty(call.session(), new Act(Act.Kind.TEST_CAMERA, "", ""), faults);
            case Checked.Fits<Trial>(var trial) ->
                    tested(call.session(), trial, found -> Reply.ok(CameraTestView.of(found)));
        };
    }

    /// Why a camera is not to be added, if it is not.
    private Optional<Reply> failed(Session session, Trial trial) {
        var reply =
                tested(
                        session,
                        trial,
                        found ->
                                switch (found) {
                                    case CameraTest.Stranger(var shown) -> stranger(shown);
                                    case CameraTest.Facts _, CameraTest.Failed _ -> Reply.done();
                                });
        return Optional.of(reply).filter(each -> each instanceof Reply.Refused);
    }

    private static Reply stranger(String shown) {
        var said =
                "The device shows the certificate %s and is not known by any yet; nothing was said to it."
                        .formatted(
                                HexFormat.ofDelimiter(":")
                                        .withUpperCase()
                                        .formatHex(HexFormat.of().parseHex(shown)));
        return new Reply.Refused(
                Kind.CAMERA_TEST.because(
                        "camera-test.certificate-unknown",
                        said,
                        "Compare it with what the device's own page shows, and name it as its"
                                + " certificate.",
                        List.of(
                                new Fault(
                                        "certificate",
                                        "certificate.compare",
                                        said,
                                        Map.of("certificate", shown)))));
    }

    /// Calls it; what it answered goes to `met`, unless that was a failure.
    private Reply tested(Session session, Trial trial, Function<CameraTest, Reply> met) {
        var act = new Act(Act.Kind.TEST_CAMERA, "", trial.address().toString());
        return switch (access.decide(session, act)) {
            case Decision.Refused(var reason) -> new Reply.Refused(Refusals.of(reason));
            case Decision.Granted _ ->
                    switch (test.of(trial)) {
                        case CameraTest.Facts facts -> met.apply(facts);
                        case CameraTest.Stranger stranger -> met.apply(stranger);
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

    private boolean seesAddresses(Session session) {
        return access.rights(session).contains(Right.CONFIGURE_CAMERAS);
    }

    private CameraView view(boolean seesAddresses, Camera camera) {
        return CameraViews.of(
                camera,
                seesAddresses ? Optional.of(register.device(camera.device())) : Optional.empty(),
                capture.states(camera.id()),
                keeping.storage(camera.id()));
    }
}
