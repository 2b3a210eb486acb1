package org.custodes.server;

import static org.custodes.server.Route.delete;
import static org.custodes.server.Route.get;
import static org.custodes.server.Route.post;
import static org.custodes.server.Routes.API;
import static org.custodes.server.Who.having;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.custodes.access.Access;
import org.custodes.access.ApprovalRequest;
import org.custodes.access.NewApproval;
import org.custodes.access.PersonId;
import org.custodes.access.Why;
import org.custodes.media.CameraId;
import org.custodes.media.TimeRange;
import org.custodes.rights.Right;

/// What needs a second person's yes: asked for, answered in a session of their own, withdrawn.
final class ApprovalRoutes {
    record LookForm(
            UUID camera,
            Instant from,
            Instant to,
            @Bounds(min = 1, max = 60) Optional<String> purpose,
            @Bounds(min = 1, max = 60) Optional<String> caseNumber,
            String reason) {
        NewApproval wanted() {
            return NewApproval.look(
                    camera.toString(), from, to, new Why(purpose, caseNumber), reason);
        }
    }

    record YesForm(PasskeyRoutes.Proof proof) {}

    record Asker(UUID id, String name) {}

    record SaidView(Asker by, Instant at, boolean yes) {}

    /// @param kind `playback`, `removal` or `rights`
    /// @param concerned whose rights change
    /// @param told what exactly, as the log says it, in English
    /// @param gain what exactly, of what changes rights
    /// @param aloneAt when it is made although nobody said yes, because there is nobody who could
    /// @param state `waiting`, `approved`, `refused`, `withdrawn`, `used` or `expired`
    /// @param goodUntil when a yes that was not used is none any more
    /// @param own whether whoever reads this asked for it
    /// @param mayAnswer whether whoever reads this may answer it now
    record ApprovalView(
            UUID id,
            String kind,
            Asker by,
            Optional<UUID> camera,
            Optional<Instant> from,
            Optional<Instant> to,
            Optional<UUID> concerned,
            String told,
            Optional<GainView> gain,
            Optional<String> purpose,
            Optional<String> caseNumber,
            String reason,
            Instant askedAt,
            Instant waitsUntil,
            Optional<Instant> aloneAt,
            String state,
            Optional<SaidView> answered,
            Optional<Instant> goodUntil,
            boolean own,
            boolean mayAnswer) {
        static ApprovalView of(ApprovalRequest request) {
            return new ApprovalView(
                    request.id(),
                    request.kind().code(),
                    new Asker(request.person().value(), request.name()),
                    request.camera().map(CameraId::value),
                    request.interval().map(TimeRange::start),
                    request.interval().map(TimeRange::end),
                    request.concerned().map(PersonId::value),
                    request.told(),
                    request.gain().map(GainView::of),
                    request.why().purpose(),
                    request.why().caseNumber(),
                    request.reason(),
                    request.askedAt(),
                    request.waitsUntil(),
                    request.aloneAt(),
                    request.state().code(),
                    request.answered()
                            .map(said ->
                                    new SaidView(
                                            new Asker(said.by().value(), said.name()),
                                            said.at(),
                                            said.yes())),
                    request.goodUntil(),
                    request.own(),
                    request.mayAnswer());
        }
    }

    private final Access access;

    ApprovalRoutes(Access access) {
        this.access = access;
    }

    List<Route<?>> list() {
        var who = having(Right.OWN_SESSION);
        return List.of(
                get(API + "/approvals", who)
                        .says(
                                "What waits for one's answer, what one asked for, and what one answered, of"
                                        + " the last week, newest first.")
                        .answersItems(ApprovalView.class)
                        .polled()
                        .by(this::all),
                post(API + "/approvals", having(Right.PLAY_BACK))
                        .says("Asks for a yes to look further back than one's role shows.")
                        .takes(LookForm.class)
                        .answers(201, ApprovalView.class)
                        .by(this::ask),
                post(API + "/approvals/{id}/proof", who)
                        .says("By what one can say yes to what somebody else asked for.")
                        .answers(PasskeyRoutes.ProofAskView.class)
                        .by(this::proof),
                post(API + "/approvals/{id}/yes", who)
                        .says("Says yes to what somebody else asked for, by a proof made for it.")
                        .takes(YesForm.class)
                        .answers(ApprovalView.class)
                        .by(this::yes),
                post(API + "/approvals/{id}/no", who)
                        .says("Says no to what somebody else asked for.")
                        .answers(ApprovalView.class)
                        .by(this::no),
                delete(API + "/approvals/{id}", who)
                        .says("Takes back what one asked for.")
                        .answers(ApprovalView.class)
                        .by(this::withdraw));
    }

    private Reply all(Call call, Route.Nothing nothing) {
        return Replies.of(
                access.approvals(call.session()),
                all -> Reply.items(all.stream().map(ApprovalView::of).toList()));
    }

    private Reply ask(Call call, LookForm form) {
        return Replies.of(
                access.askApproval(call.session(), form.wanted()),
                asked -> Reply.created(ApprovalView.of(asked)));
    }

    private Reply proof(Call call, Route.Nothing nothing) {
        return Replies.of(
                access.askApprovalProof(call.session(), call.id("id"), call.origin()),
                asked -> Reply.ok(PasskeyRoutes.view(call, asked)));
    }

    private Reply yes(Call call, YesForm form) {
        var id = call.id("id");
        return Replies.of(
                PasskeyRoutes.confirmed(call, form.proof())
                        .then(confirmation ->
                                access.approve(call.session(), id, confirmation, call.origin())),
                approved -> Reply.ok(ApprovalView.of(approved)));
    }

    private Reply no(Call call, Route.Nothing nothing) {
        return Replies.of(
                access.deny(call.session(), call.id("id")),
                denied -> Reply.ok(ApprovalView.of(denied)));
    }

    private Reply withdraw(Call call, Route.Nothing nothing) {
        return Replies.of(
                access.withdrawApproval(call.session(), call.id("id")),
                withdrawn -> Reply.ok(ApprovalView.of(withdrawn)));
    }
}
