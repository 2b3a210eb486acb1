package org.custodes.register;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.custodes.media.CameraId;

/// Understands what is asked of the register about cameras and their devices, against what it knows now.
/// Changes nothing.
final class CameraForms {
    private static final int LONGEST_PURPOSE = 500;

    /// Longer than 30 days needs an assessment first (PRIVACY section 10), which comes later.
    private static final int MOST_HOURS = 720;

    /// Weaker protection is looked at anew at least once a year.
    private static final Duration LONGEST_EXCEPTION = Duration.ofDays(365);

    private static final Pattern CERTIFICATE = Pattern.compile("[0-9a-f]{64}");

    private final RegisterState state;
    private final AddressRules rules;

    CameraForms(RegisterState state, AddressRules rules) {
        this.state = state;
        this.rules = rules;
    }

    Checked<CameraDraft> newCamera(NewCamera wanted, Instant now) {
        var form = new Form();
        var name = form.text("name", wanted.name(), 1, Form.LONGEST_NAME);
        var site = site(form, wanted.site());
        var purpose = form.text("purpose", wanted.purpose(), 1, LONGEST_PURPOSE);
        var view = form.choice("view", wanted.view(), View.values(), View::code);
        var hours =
                wanted.retentionHours()
                        .map(given -> form.number("retentionHours", given, 1, MOST_HOURS));
        var transport = transport(form, wanted.transport());
        var target =
                target(
                        form,
                        rules.check("address", wanted.address(), wanted.user(), wanted.password()));
        var wall =
                wanted.wallAddress()
                        .filter(address -> !address.isBlank())
                        .flatMap(address -> wallTarget(form, address));
        var certificate = given(form, wanted.certificate(), target, now);
        if (target.isPresent()) {
            wall.ifPresent(small -> form.addAll(oneDevice(target.get(), small)));
            form.addAll(encryptedAllTheWay(transport, target.get().address().encrypted()));
        }
        if (form.faulty() || target.isEmpty() || site.isEmpty() || view.isEmpty()) {
            return new Checked.Faulty<>(form.faults());
        }
        var address = target.get().address();
        var streams =
                wall.isEmpty()
                        ? List.of(new Stream(0, StreamRole.RECORD, address.path()))
                        : List.of(
                                new Stream(0, StreamRole.RECORD, address.path()),
                                new Stream(1, StreamRole.WALL, wall.get().address().path()));
        var camera =
                new Camera(
                        new CameraId(UUID.randomUUID()),
                        state.deviceAt(address).map(Device::id).orElseGet(UUID::randomUUID),
                        site.get(),
                        name,
                        1,
                        purpose,
                        view.get(),
                        hours.map(Duration::ofHours).orElse(view.get().defaultRetention()),
                        streams,
                        CameraLink.USUAL.by(transport),
                        false,
                        false,
                        false,
                        0,
                        0,
                        now,
                        Optional.empty());
        return new Checked.Fits<>(
                new CameraDraft(camera, address, target.get().secret(), certificate));
    }

    Checked<Trial> trial(
            Checked<AddressRules.Target> checked,
            Optional<String> way,
            Optional<String> sha256,
            Instant now) {
        var form = new Form();
        var transport = transport(form, way);
        var target = target(form, checked);
        var given = given(form, sha256, target, now);
        if (target.isEmpty()) {
            return new Checked.Faulty<>(form.faults());
        }
        var address = target.get().address();
        form.addAll(encryptedAllTheWay(transport, address.encrypted()));
        if (!address.encrypted()
                && !state.sites().isEmpty()
                && (state.sites().values().stream().allMatch(Site::encryptedOnly)
                        || isOfStrictSite(address))) {
            form.add(inTheClear());
        }
        given.ifPresent(certificate -> form.addAll(otherThanKnown(address, certificate)));
        return form.faulty()
                ? new Checked.Faulty<>(form.faults())
                : new Checked.Fits<>(
                        new Trial(
                                address,
                                transport,
                                target.get().secret(),
                                certificate(address).or(() -> given)));
    }

    /// @param secret what opens its device
    Checked<List<Trial>> trials(CameraDraft draft, Optional<DeviceSecret> secret) {
        var site = state.sites().get(draft.camera().site());
        var place = placed(draft.address());
        if (site != null && site.encryptedOnly() && !place.encrypted()) {
            return new Checked.Faulty<>(List.of(inTheClear()));
        }
        return new Checked.Fits<>(
                draft.camera().streams().stream()
                        .map(stream ->
                                new Trial(
                                        at(place, stream.path()),
                                        draft.camera().link().transport(),
                                        secret,
                                        certificate(place).or(draft::certificate)))
                        .toList());
    }

    /// A device that is known is called where it is known to be.
    private StreamAddress placed(StreamAddress given) {
        return state.deviceAt(given)
                .map(device ->
                        new StreamAddress(
                                device.encrypted(),
                                device.host(),
                                device.address(),
                                device.port(),
                                given.path()))
                .orElse(given);
    }

    private Optional<PinnedCertificate> certificate(StreamAddress address) {
        return state.deviceAt(address).filter(Device::encrypted).flatMap(Device::pinnedCertificate);
    }

    /// The certificate that somebody names for the device at that address.
    private static Optional<PinnedCertificate> given(
            Form form, Optional<String> sha256, Optional<AddressRules.Target> target, Instant now) {
        var named = sha256.filter(text -> !text.isBlank()).map(CameraForms::digits);
        if (named.isEmpty()) {
            return Optional.empty();
        }
        if (!CERTIFICATE.matcher(named.get()).matches()) {
            form.add(notACertificate());
            return Optional.empty();
        }
        if (target.filter(each -> !each.address().encrypted()).isPresent()) {
            form.add(
                    new Fault(
                            "certificate",
                            "certificate.plain-address",
                            "What is called in the clear shows no certificate. Begin the address with"
                                    + " rtsps://, or leave the certificate out.",
                            Map.of()));
        }
        return named.map(digits -> new PinnedCertificate(digits, micros(now)));
    }

    private static String digits(String sha256) {
        return sha256.strip().replace(":", "").toLowerCase(Locale.ROOT);
    }

    private static Fault notACertificate() {
        return new Fault(
                "certificate",
                "certificate.form",
                "A certificate is named by its SHA-256: 64 hexadecimal digits, with or"
                        + " without colons.",
                Map.of());
    }

    private List<Fault> otherThanKnown(StreamAddress address, PinnedCertificate given) {
        return certificate(address)
                .filter(known -> !known.sha256().equals(given.sha256()))
                .map(known ->
                        List.of(
                                new Fault(
                                        "certificate",
                                        "certificate.other-known",
                                        "The device at this address is known by another certificate. Leave this"
                                                + " one out, or accept it at one of the device's cameras.",
                                        Map.of())))
                .orElse(List.of());
    }

    /// Whether the device there belongs to a site that takes encrypted cameras only.
    private boolean isOfStrictSite(StreamAddress address) {
        return state.deviceAt(address).stream()
                .flatMap(device ->
                        state.cameras().values().stream()
                                .filter(camera ->
                                        !camera.removed() && camera.device().equals(device.id())))
                .map(camera -> state.sites().get(camera.site()))
                .anyMatch(site -> site != null && site.encryptedOnly());
    }

    private static Fault inTheClear() {
        return new Fault(
                "address",
                "address.encryption-required",
                "The site takes encrypted cameras only, so nothing is called in the clear for a test."
                        + " Begin the address with rtsps://, or add the camera without a test and"
                        + " give it an exception.",
                Map.of());
    }

    private static Transport transport(Form form, Optional<String> given) {
        return given.flatMap(
                        code -> form.choice("transport", code, Transport.values(), Transport::code))
                .orElse(Transport.TCP);
    }

    /// Datagrams are not encrypted, whatever its requests are.
    private static List<Fault> encryptedAllTheWay(Transport transport, boolean encrypted) {
        return encrypted && transport.mayBeDatagrams()
                ? List.of(
                        new Fault(
                                "transport",
                                "transport.not-encrypted",
                                "Pictures that come as datagrams are not encrypted, and this device is"
                                        + " reached over TLS. Choose tcp or http.",
                                Map.of()))
                : List.of();
    }

    private Optional<AddressRules.Target> wallTarget(Form form, String address) {
        return target(
                form, rules.check("wallAddress", address, Optional.empty(), Optional.empty()));
    }

    private static Optional<AddressRules.Target> target(
            Form form, Checked<AddressRules.Target> checked) {
        return switch (checked) {
            case Checked.Fits<AddressRules.Target>(var target) -> Optional.of(target);
            case Checked.Faulty<AddressRules.Target>(var faults) -> {
                form.addAll(faults);
                yield Optional.empty();
            }
        };
    }

    /// Both streams of a camera come from one device, which has one secret.
    private static List<Fault> oneDevice(AddressRules.Target large, AddressRules.Target small) {
        var one = large.address();
        var other = small.address();
        if (one.port() != other.port()
                || one.encrypted() != other.encrypted()
                || !one.resolved().equals(other.resolved())) {
            return List.of(
                    new Fault(
                            "wallAddress",
                            "address.other-device",
                            "The small stream must come from the same host and port as the large one.",
                            Map.of()));
        }
        if (one.path().equals(other.path())) {
            return List.of(
                    new Fault(
                            "wallAddress",
                            "address.same-stream",
                            "The small stream is the large one. Leave it out, or give the path of a"
                                    + " smaller one.",
                            Map.of()));
        }
        var agrees =
                small.secret().isEmpty()
                        || large.secret().filter(small.secret().get()::sameAs).isPresent();
        return agrees
                ? List.of()
                : List.of(
                        new Fault(
                                "wallAddress",
                                "address.two-users",
                                "The small stream's address holds another user or password. A device"
                                        + " has one: give it once.",
                                Map.of()));
    }

    private Optional<UUID> site(Form form, Optional<String> given) {
        var text = given.orElse("");
        if (text.isEmpty() && state.sites().size() == 1) {
            return state.sites().keySet().stream().findFirst();
        }
        var site = Form.uuid(text).filter(state.sites()::containsKey);
        if (site.isEmpty()) {
            form.add(
                    text.isEmpty()
                            ? new Fault(
                                    "site",
                                    "form.required",
                                    "'site' is missing: say at which site the camera is.",
                                    Map.of())
                            : Form.unknown("site"));
        }
        return site;
    }

    Checked<Draft<Camera>> cameraChange(CameraId id, CameraChange wanted) {
        var form = new Form();
        var camera = Optional.ofNullable(state.cameras().get(id)).filter(found -> !found.removed());
        if (camera.isEmpty()) {
            return new Checked.Faulty<>(List.of(Form.unknown("camera")));
        }
        var before = camera.get();
        var name = wanted.name().map(given -> form.text("name", given, 1, Form.LONGEST_NAME));
        var purpose =
                wanted.purpose().map(given -> form.text("purpose", given, 1, LONGEST_PURPOSE));
        var view =
                wanted.view()
                        .flatMap(given -> form.choice("view", given, View.values(), View::code));
        var hours =
                wanted.retentionHours()
                        .map(given -> form.number("retentionHours", given, 1, MOST_HOURS));
        var transport =
                wanted.transport().isEmpty()
                        ? before.link().transport()
                        : transport(form, wanted.transport());
        form.addAll(encryptedAllTheWay(transport, deviceOf(before).encrypted()));
        return form.faulty()
                ? new Checked.Faulty<>(form.faults())
                : new Checked.Fits<>(
                        new Draft<>(
                                before.changed(
                                        name.orElse(before.name()),
                                        purpose.orElse(before.purpose()),
                                        view.orElse(before.view()),
                                        hours.map(Duration::ofHours).orElse(before.retention()),
                                        before.link().by(transport))));
    }

    private Device deviceOf(Camera camera) {
        var device = state.devices().get(camera.device());
        if (device == null) {
            throw new IllegalStateException("Every camera has a device");
        }
        return device;
    }

    Checked<Draft<Camera>> plainException(CameraId id, PlainExceptionForm wanted, Instant now) {
        var form = new Form();
        var reason = form.text("reason", wanted.reason(), 1, LONGEST_PURPOSE);
        var until = micros(wanted.until());
        if (!until.isAfter(now) || until.isAfter(now.plus(LONGEST_EXCEPTION))) {
            form.add(
                    new Fault(
                            "until",
                            "exception.until",
                            ("An exception ends between now and %d days from now. Give it anew if it is"
                                            + " still needed then.")
                                    .formatted(LONGEST_EXCEPTION.toDays()),
                            Map.of("days", Long.toString(LONGEST_EXCEPTION.toDays()))));
        }
        return linked(form, id, Optional.of(new PlainException(until, reason)));
    }

    Checked<Draft<Camera>> noPlainException(CameraId id) {
        return linked(new Form(), id, Optional.empty());
    }

    /// As fine as the database keeps it.
    private static Instant micros(Instant when) {
        return when.truncatedTo(ChronoUnit.MICROS);
    }

    private Checked<Draft<Camera>> linked(
            Form form, CameraId id, Optional<PlainException> exception) {
        var known = state.cameras().get(id);
        if (known == null || known.removed()) {
            return new Checked.Faulty<>(List.of(Form.unknown("camera")));
        }
        return form.faulty()
                ? new Checked.Faulty<>(form.faults())
                : new Checked.Fits<>(new Draft<>(known.linked(known.link().with(exception))));
    }

    /// The certificate that is to be accepted stands in the form: what the camera shows may change
    /// between the look and the word.
    Checked<Draft<Device>> certificate(CameraId id, String given, Instant now) {
        var known = state.cameras().get(id);
        if (known == null || known.removed()) {
            return new Checked.Faulty<>(List.of(Form.unknown("camera")));
        }
        var device = deviceOf(known);
        var certificate = digits(given);
        if (!CERTIFICATE.matcher(certificate).matches()) {
            return new Checked.Faulty<>(List.of(notACertificate()));
        }
        return device.encrypted()
                ? new Checked.Fits<>(
                        new Draft<>(
                                device.knownBy(new PinnedCertificate(certificate, micros(now)))))
                : new Checked.Faulty<>(
                        List.of(
                                new Fault(
                                        "certificate",
                                        "certificate.plain-device",
                                        "This device is reached in the clear and shows no certificate. Add it"
                                                + " anew with rtsps:// if it can be encrypted.",
                                        Map.of())));
    }

    /// What stands against adding this draft now: it is asked at the check, and again under the lock.
    List<Fault> conflicts(CameraDraft draft, Optional<DeviceSecret> kept) {
        var known =
                draft.camera().streams().stream()
                        .flatMap(stream ->
                                state.cameraAt(at(draft.address(), stream.path())).stream())
                        .findFirst();
        if (known.isPresent()) {
            var name = known.get().name();
            return List.of(
                    new Fault(
                            "address",
                            "address.known",
                            "This stream is already in the register, as camera '%s'. Another channel of"
                                            .formatted(name)
                                    + " the same device has another path.",
                            Map.of("camera", name)));
        }
        var device = state.deviceAt(draft.address());
        if (device.isEmpty()) {
            return List.of();
        }
        if (device.get().encrypted() != draft.address().encrypted()) {
            return List.of(
                    new Fault(
                            "address",
                            "address.other-scheme",
                            "The device at this address is known as %s. Begin the address with that, or"
                                            .formatted(
                                                    device.get().encrypted()
                                                            ? "rtsps://"
                                                            : "rtsp://")
                                    + " remove its other cameras first.",
                            Map.of()));
        }
        if (!device.get().site().equals(draft.camera().site())) {
            return List.of(
                    new Fault(
                            "site",
                            "address.other-site",
                            "The device at this address stands at another site already.",
                            Map.of()));
        }
        if (draft.certificate().isPresent()) {
            var other = otherThanKnown(draft.address(), draft.certificate().get());
            if (!other.isEmpty()) {
                return other;
            }
        }
        var differs =
                draft.secret().isPresent()
                        && kept.isPresent()
                        && !kept.get().sameAs(draft.secret().get());
        return differs
                ? List.of(
                        new Fault(
                                "user",
                                "address.other-secret",
                                "The device at this address is known with another user or password. Leave"
                                        + " both out to use those, or remove its other cameras first.",
                                Map.of()))
                : List.of();
    }

    private static StreamAddress at(StreamAddress place, String path) {
        return new StreamAddress(
                place.encrypted(), place.host(), place.resolved(), place.port(), path);
    }
}
