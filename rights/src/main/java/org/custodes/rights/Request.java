package org.custodes.rights;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.custodes.media.Bytes;
import org.custodes.media.CameraId;
import org.custodes.media.MediaClass;
import org.custodes.media.TimeRange;

/// Somebody wants to use a right.
///
/// @param camera on which; a right of cameras needs it
/// @param shown which kind of footage would be seen; a right that shows any needs it
/// @param interval footage of when; empty for now
/// @param lines how tall a picture is wanted; empty for as tall as may be
/// @param purpose what for
/// @param caseNumber for which case
/// @param about exactly what, where all this does not say it; the same text for the same act
/// @param concerned whose affair it is: whose rights change, who asked for what is approved, who configured it
/// @param approvals what others said to it
public record Request(
        Subject subject,
        Right right,
        Optional<CameraId> camera,
        Optional<MediaClass> shown,
        Optional<TimeRange> interval,
        OptionalInt lines,
        Optional<String> purpose,
        Optional<String> caseNumber,
        String about,
        Set<UUID> concerned,
        List<Approval> approvals) {

    public Request {
        Objects.requireNonNull(subject);
        Objects.requireNonNull(right);
        Objects.requireNonNull(camera);
        Objects.requireNonNull(shown);
        Objects.requireNonNull(interval);
        Objects.requireNonNull(lines);
        Objects.requireNonNull(purpose);
        Objects.requireNonNull(caseNumber);
        Objects.requireNonNull(about);
        concerned = Set.copyOf(concerned);
        approvals = List.copyOf(approvals);
    }

    /// A right that is about no camera.
    public static Request of(Subject subject, Right right) {
        return new Request(
                subject,
                right,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                "",
                Set.of(),
                List.of());
    }

    /// The same, on this camera.
    public Request on(CameraId one) {
        return new Request(
                subject,
                right,
                Optional.of(one),
                shown,
                interval,
                lines,
                purpose,
                caseNumber,
                about,
                concerned,
                approvals);
    }

    /// The same, for footage.
    /// @param when it is of; empty for now
    public Request of(MediaClass kind, Optional<TimeRange> when) {
        return of(Optional.of(kind), when);
    }

    /// The same, for the part of its interval that begins then.
    public Request since(Instant start) {
        return of(shown, interval.map(range -> new TimeRange(start, range.end())));
    }

    private Request of(Optional<MediaClass> kind, Optional<TimeRange> when) {
        return new Request(
                subject,
                right,
                camera,
                kind,
                when,
                lines,
                purpose,
                caseNumber,
                about,
                concerned,
                approvals);
    }

    /// The same, for a purpose and a case.
    public Request forPurpose(Optional<String> why, Optional<String> ofCase) {
        return new Request(
                subject, right, camera, shown, interval, lines, why, ofCase, about, concerned,
                approvals);
    }

    /// The same, saying exactly what.
    public Request about(String act) {
        return new Request(
                subject,
                right,
                camera,
                shown,
                interval,
                lines,
                purpose,
                caseNumber,
                act,
                concerned,
                approvals);
    }

    /// The same, being the affair of these people.
    public Request concerning(Collection<UUID> people) {
        return new Request(
                subject,
                right,
                camera,
                shown,
                interval,
                lines,
                purpose,
                caseNumber,
                about,
                Set.copyOf(people),
                approvals);
    }

    /// The same with what others said to it.
    public Request with(List<Approval> said) {
        return new Request(
                subject,
                right,
                camera,
                shown,
                interval,
                lines,
                purpose,
                caseNumber,
                about,
                concerned,
                said);
    }

    /// What an approval is bound to: SHA-256 over who asks, by what they signed in, and each field of what they
    /// ask; approvals themselves are left out.
    public Bytes hash() {
        var out = new Canonical("custodes request 1");
        out.id(subject.person()).text(subject.credential()).text(right.code());
        out.present(camera.isPresent());
        camera.ifPresent(one -> out.id(one.value()));
        out.present(shown.isPresent());
        shown.ifPresent(kind -> out.number(kind.number()));
        out.present(interval.isPresent());
        interval.ifPresent(range -> out.instant(range.start()).instant(range.end()));
        out.present(lines.isPresent());
        lines.ifPresent(out::number);
        out.present(purpose.isPresent());
        purpose.ifPresent(out::text);
        out.present(caseNumber.isPresent());
        caseNumber.ifPresent(out::text);
        out.text(about).each(concerned, (person, one) -> one.id(person));
        return out.hash();
    }
}
