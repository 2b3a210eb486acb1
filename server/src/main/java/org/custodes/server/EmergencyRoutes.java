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
import org.custodes.access.Emergency;
import org.custodes.access.OwnEmergency;
import org.custodes.rights.Right;

/// Break-glass: taken by a passkey and with a reason, ended, and reviewed afterwards by somebody else.
final class EmergencyRoutes {
    record ReasonForm(String reason) {}

    /// @param reason the same that the proof was asked for
    record TakeForm(String reason, PasskeyRoutes.Proof proof) {}

    record ReviewForm(String note) {}

    record Somebody(UUID id, String name) {}

    record LookedView(UUID camera, int looks) {}

    record ReviewView(Somebody by, Instant at, String note) {}

    /// @param cameras the word `all`, or ids: where it was given to them
    /// @param until when it ends by itself, or would have
    /// @param endedHow `person`, `time` or `taken-back`
    /// @param reviewBy from then on whoever took it takes nothing again until it was reviewed
    /// @param looked what was looked at that nothing else of theirs would have shown
    /// @param mayReview whether whoever reads this may review it now
    record EmergencyView(
            UUID id,
            Somebody by,
            CameraChoice cameras,
            String reason,
            Instant takenAt,
            Instant until,
            Optional<Instant> endedAt,
            Optional<String> endedHow,
            Instant reviewBy,
            List<LookedView> looked,
            Optional<ReviewView> review,
            boolean mayReview) {
        static EmergencyView of(Emergency emergency) {
            return new EmergencyView(
                    emergency.id(),
                    new Somebody(emergency.person().value(), emergency.name()),
                    CameraChoice.of(emergency.on()),
                    emergency.reason(),
                    emergency.takenAt(),
                    emergency.until(),
                    emergency.ended().map(Emergency.End::at),
                    emergency.ended().map(end -> end.how().code()),
                    emergency.reviewBy(),
                    emergency.looked().stream()
                            .map(one -> new LookedView(one.camera().value(), one.looks()))
                            .toList(),
                    emergency
                            .review()
                            .map(said ->
                                    new ReviewView(
                                            new Somebody(said.by().value(), said.name()),
                                            said.at(),
                                            said.note())),
                    emergency.mayReview());
        }
    }

    /// @param cameras where whoever asks would watch
    /// @param locked whether they take nothing now, because what they took before was not reviewed in time
    /// @param hasPasskey whether they have what it is taken with
    record OwnView(
            CameraChoice cameras,
            Optional<EmergencyView> running,
            boolean locked,
            boolean hasPasskey) {
        static OwnView of(OwnEmergency own) {
            return new OwnView(
                    CameraChoice.of(own.on()),
                    own.running().map(EmergencyView::of),
                    own.locked(),
                    own.hasPasskey());
        }
    }

    private final Access access;

    EmergencyRoutes(Access access) {
        this.access = access;
    }

    List<Route<?>> list() {
        var taking = having(Right.TAKE_EMERGENCY);
        var reviewing = having(Right.REVIEW_EMERGENCIES);
        return List.of(
                get(API + "/me/emergency", taking)
                        .says("What whoever asks can take in an emergency, and has taken.")
                        .answers(OwnView.class)
                        .polled()
                        .by(this::own),
                post(API + "/me/emergency/proof", taking)
                        .says("What a passkey is to sign to take it, for this reason.")
                        .takes(ReasonForm.class)
                        .answers(PasskeyRoutes.ProofAskView.class)
                        .by(this::proof),
                post(API + "/me/emergency", taking)
                        .says("Takes it for an hour, by a passkey that signed for this reason.")
                        .takes(TakeForm.class)
                        .answers(201, EmergencyView.class)
                        .by(this::take),
                delete(API + "/me/emergency", taking)
                        .says(
                                "Ends it before its time, and the looks that were theirs by it alone.")
                        .answers(EmergencyView.class)
                        .by(this::end),
                get(API + "/emergencies", reviewing)
                        .says("What was taken in emergencies: what nobody has reviewed first.")
                        .answersItems(EmergencyView.class)
                        .polled()
                        .by(this::all),
                post(API + "/emergencies/{id}/review", reviewing)
                        .says("Says of one that is over, and somebody else's, what is to be said.")
                        .takes(ReviewForm.class)
                        .answers(EmergencyView.class)
                        .by(this::review));
    }

    private Reply own(Call call, Route.Nothing nothing) {
        return Replies.of(access.ownEmergency(call.session()), own -> Reply.ok(OwnView.of(own)));
    }

    private Reply proof(Call call, ReasonForm form) {
        return Replies.of(
                access.askEmergencyProof(call.session(), form.reason(), call.origin()),
                asked -> Reply.ok(PasskeyRoutes.view(call, asked)));
    }

    private Reply take(Call call, TakeForm form) {
        return Replies.of(
                PasskeyRoutes.confirmed(call, form.proof())
                        .then(confirmation ->
                                access.takeEmergency(
                                        call.session(),
                                        form.reason(),
                                        confirmation,
                                        call.origin())),
                taken -> Reply.created(EmergencyView.of(taken)));
    }

    private Reply end(Call call, Route.Nothing nothing) {
        return Replies.of(
                access.endEmergency(call.session()), ended -> Reply.ok(EmergencyView.of(ended)));
    }

    private Reply all(Call call, Route.Nothing nothing) {
        return Replies.of(
                access.emergencies(call.session()),
                all -> Reply.items(all.stream().map(EmergencyView::of).toList()));
    }

    private Reply review(Call call, ReviewForm form) {
        return Replies.of(
                access.reviewEmergency(call.session(), call.id("id"), form.note()),
                reviewed -> Reply.ok(EmergencyView.of(reviewed)));
    }
}
