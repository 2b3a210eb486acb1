package org.custodes.rights;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.custodes.media.Bytes;
import org.custodes.media.CameraId;
import org.custodes.media.MediaClass;
import org.custodes.media.TimeRange;

/// What was granted, as bytes and back (`docs/formats/decided.md`). What one method writes the one below it reads.
final class PolicyContent {
    private static final String KIND = "custodes policy 1";

    private PolicyContent() {}

    static Canonical of(PolicySnapshot policy) {
        return new Canonical(KIND)
                .text(policy.zone().getId())
                .each(policy.groups(), PolicyContent::group)
                .each(policy.permits(), PolicyContent::permit)
                .each(policy.bans(), PolicyContent::ban)
                .each(policy.assignments(), PolicyContent::assignment)
                .each(
                        policy.trainedUntil().entrySet(),
                        (person, one) -> one.id(person.getKey()).instant(person.getValue()))
                .each(policy.restrictions(), PolicyContent::restriction);
    }

    static PolicySnapshot read(Bytes content, Instant takenAt) {
        return Reading.all(content, KIND, in -> read(in, takenAt), PolicySnapshot::content);
    }

    private static PolicySnapshot read(Reading in, Instant takenAt) {
        var zone = ZoneId.of(in.text());
        var groups = in.each(PolicyContent::group);
        var permits = in.each(PolicyContent::permit);
        var bans = in.each(PolicyContent::ban);
        var assignments = in.each(PolicyContent::assignment);
        var trained = new HashMap<UUID, Instant>();
        in.each(one -> Map.entry(one.id(), one.instant()))
                .forEach(one -> trained.put(one.getKey(), one.getValue()));
        return new PolicySnapshot(
                takenAt,
                zone,
                groups,
                permits,
                bans,
                assignments,
                trained,
                in.each(PolicyContent::restriction));
    }

    private static void group(CameraGroup group, Canonical out) {
        out.id(group.id().value()).present(group.parent().isPresent());
        group.parent().ifPresent(parent -> out.id(parent.value()));
        out.each(group.cameras(), (camera, each) -> each.id(camera.value()));
        out.text(group.zone().getId());
    }

    private static CameraGroup group(Reading in) {
        return new CameraGroup(
                new GroupId(in.id()),
                in.maybe(parent -> new GroupId(parent.id())),
                cameras(in),
                ZoneId.of(in.text()));
    }

    private static Set<CameraId> cameras(Reading in) {
        return new HashSet<>(in.each(camera -> new CameraId(camera.id())));
    }

    private static void ban(Ban ban, Canonical out) {
        out.present(ban.person().isPresent());
        ban.person().ifPresent(out::id);
        rights(ban.rights(), out);
        scope(ban.scope(), out);
        hours(ban.hours(), out);
    }

    private static Ban ban(Reading in) {
        return new Ban(in.maybe(Reading::id), rights(in), scope(in), hours(in));
    }

    private static void assignment(Assignment given, Canonical out) {
        out.id(given.person()).text(given.role().code());
        scope(given.on(), out);
        out.instant(given.since());
        out.present(given.until().isPresent());
        given.until().ifPresent(out::instant);
        out.instant(given.reviewBy()).present(given.emergency());
    }

    private static Assignment assignment(Reading in) {
        return new Assignment(
                in.id(),
                new RoleId(in.text()),
                scope(in),
                in.instant(),
                in.maybe(Reading::instant),
                in.instant(),
                in.present());
    }

    private static void restriction(Restriction restricted, Canonical out) {
        out.id(restricted.camera().value())
                .instant(restricted.interval().start())
                .instant(restricted.interval().end());
    }

    private static Restriction restriction(Reading in) {
        return new Restriction(new CameraId(in.id()), new TimeRange(in.instant(), in.instant()));
    }

    private static void permit(Permit permit, Canonical out) {
        out.text(permit.role().code());
        rights(permit.rights(), out);
        scope(permit.scope(), out);
        out.each(permit.classes(), (kind, one) -> one.number(kind.number()));
        hours(permit.hours(), out);
        out.present(permit.oldest().isPresent());
        permit.oldest().ifPresent(out::duration);
        out.present(permit.sinceGiven());
        out.each(permit.purposes(), (purpose, one) -> one.text(purpose));
        out.present(permit.needsCase()).present(permit.tallest().isPresent());
        permit.tallest().ifPresent(out::number);
        out.number(permit.approvals()).text(permit.assurance().code());
        out.present(permit.freshWithin().isPresent());
        permit.freshWithin().ifPresent(out::duration);
        out.each(
                permit.from(),
                (network, one) -> one.raw(network.address().getAddress()).number(network.prefix()));
    }

    private static Permit permit(Reading in) {
        return new Permit(
                new RoleId(in.text()),
                rights(in),
                scope(in),
                new HashSet<>(in.each(PolicyContent::mediaClass)),
                hours(in),
                in.maybe(Reading::duration),
                in.present(),
                new HashSet<>(in.each(Reading::text)),
                in.present(),
                in.maybeInteger(),
                in.integer(),
                in.word(Assurance::of),
                in.maybe(Reading::duration),
                new HashSet<>(in.each(one -> new Network(address(one), one.integer()))));
    }

    private static void rights(Set<Right> rights, Canonical out) {
        out.each(rights, (right, one) -> one.text(right.code()));
    }

    private static Set<Right> rights(Reading in) {
        return new HashSet<>(in.each(one -> one.word(Right::of)));
    }

    private static void scope(Scope scope, Canonical out) {
        switch (scope) {
            case Scope.All() -> out.number(0);
            case Scope.Groups(var groups) ->
                    out.number(1).each(groups, (group, one) -> one.id(group.value()));
            case Scope.Cameras(var cameras) ->
                    out.number(2).each(cameras, (camera, one) -> one.id(camera.value()));
        }
    }

    private static Scope scope(Reading in) {
        var kind = in.integer();
        return switch (kind) {
            case 0 -> new Scope.All();
            case 1 -> new Scope.Groups(new HashSet<>(in.each(one -> new GroupId(one.id()))));
            case 2 -> new Scope.Cameras(cameras(in));
            default -> throw in.malformed("a scope of kind %d".formatted(kind));
        };
    }

    private static void hours(Hours hours, Canonical out) {
        out.each(
                hours.spans(),
                (span, one) ->
                        one.each(span.days(), (day, each) -> each.number(day.getValue()))
                                .number(span.from().toNanoOfDay())
                                .number(span.to().toNanoOfDay()));
    }

    private static Hours hours(Reading in) {
        return new Hours(
                in.each(one ->
                        new Hours.Span(
                                new HashSet<>(one.each(day -> DayOfWeek.of(day.integer()))),
                                LocalTime.ofNanoOfDay(one.number()),
                                LocalTime.ofNanoOfDay(one.number()))));
    }

    /// The class with the number that stands there.
    static MediaClass mediaClass(Reading in) {
        var number = in.integer();
        return Arrays.stream(MediaClass.values())
                .filter(kind -> kind.number() == number)
                .findFirst()
                .orElseThrow(() -> in.malformed("a class of number %d".formatted(number)));
    }

    static InetAddress address(Reading in) {
        var bytes = in.raw();
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException wrong) {
            throw in.malformed("an address of %d bytes".formatted(bytes.length));
        }
    }
}
