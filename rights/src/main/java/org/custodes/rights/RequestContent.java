package org.custodes.rights;

import java.util.HashSet;
import org.custodes.media.Bytes;
import org.custodes.media.CameraId;
import org.custodes.media.TimeRange;

/// All of a request, as bytes and back (`docs/formats/decided.md`): more than its hash is made of, for a decision asks
/// how somebody signed in and what others said too. What one method writes the one below it reads.
final class RequestContent {
    private RequestContent() {}

    static void write(Request request, Canonical out) {
        subject(request.subject(), out);
        out.text(request.right().code());
        out.present(request.camera().isPresent());
        request.camera().ifPresent(one -> out.id(one.value()));
        out.present(request.shown().isPresent());
        request.shown().ifPresent(kind -> out.number(kind.number()));
        out.present(request.interval().isPresent());
        request.interval().ifPresent(range -> out.instant(range.start()).instant(range.end()));
        out.present(request.lines().isPresent());
        request.lines().ifPresent(out::number);
        out.present(request.purpose().isPresent());
        request.purpose().ifPresent(out::text);
        out.present(request.caseNumber().isPresent());
        request.caseNumber().ifPresent(out::text);
        out.text(request.about())
                .each(request.concerned(), (person, one) -> one.id(person))
                .inOrder(request.approvals(), RequestContent::approval);
    }

    static Request read(Reading in) {
        return new Request(
                subject(in),
                in.word(Right::of),
                in.maybe(camera -> new CameraId(camera.id())),
                in.maybe(PolicyContent::mediaClass),
                in.maybe(range -> new TimeRange(range.instant(), range.instant())),
                in.maybeInteger(),
                in.maybe(Reading::text),
                in.maybe(Reading::text),
                in.text(),
                new HashSet<>(in.each(Reading::id)),
                in.each(RequestContent::approval));
    }

    private static void subject(Subject subject, Canonical out) {
        out.id(subject.person())
                .text(subject.credential())
                .text(subject.assurance().code())
                .instant(subject.provedAt())
                .raw(subject.address().getAddress());
    }

    private static Subject subject(Reading in) {
        return new Subject(
                in.id(),
                in.text(),
                in.word(Assurance::of),
                in.instant(),
                PolicyContent.address(in));
    }

    private static void approval(Approval approval, Canonical out) {
        out.id(approval.by())
                .text(approval.credential())
                .raw(approval.request().array())
                .instant(approval.at())
                .present(approval.usedAt().isPresent());
        approval.usedAt().ifPresent(out::instant);
    }

    private static Approval approval(Reading in) {
        return new Approval(
                in.id(), in.text(), Bytes.of(in.raw()), in.instant(), in.maybe(Reading::instant));
    }
}
