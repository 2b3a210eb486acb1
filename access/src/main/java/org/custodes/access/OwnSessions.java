package org.custodes.access;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.custodes.audit.Action;
import org.custodes.rights.Request;
import org.custodes.rights.Right;

/// Where somebody is signed in, as they see it themselves, and how they leave.
final class OwnSessions {
    private final Gate gate;
    private final Sessions sessions;
    private final Journal journal;

    OwnSessions(Gate gate, Sessions sessions, Journal journal) {
        this.gate = gate;
        this.sessions = sessions;
        this.journal = journal;
    }

    /// Ends the session and every look of it. It ends even if the log cannot be written: to stay
    /// signed in against one's will would be worse.
    void signOut(Session session) {
        var live = sessions.live(session);
        if (live.isPresent()) {
            journal.done(session.actor(), Action.SIGN_OUT, Act.object(session.person()), "");
            sessions.end(live.get(), Reason.SESSION_ENDED);
        }
    }

    /// Oldest first.
    Answer<List<OwnSession>> all(Session session) {
        var refused = mayNot(session, "list own sessions");
        return refused.isPresent()
                ? new Answer.Refused<>(refused.get())
                : new Answer.Done<>(
                        sessions.of(session.person()).stream()
                                .map(live -> live.told(live.session().id().equals(session.id())))
                                .toList());
    }

    /// Ends another one, or all others.
    ///
    /// @param which empty for all others
    /// @return how many ended
    Answer<Integer> end(Session session, Optional<UUID> which) {
        var refused = mayNot(session, "end own sessions");
        if (refused.isPresent()) {
            return new Answer.Refused<>(refused.get());
        }
        var others =
                sessions.of(session.person()).stream()
                        .map(LiveSession::session)
                        .filter(one -> !one.id().equals(session.id()))
                        .filter(one -> which.isEmpty() || which.get().equals(one.id()))
                        .toList();
        others.forEach(this::signOut);
        return new Answer.Done<>(others.size());
    }

    private Optional<Reason> mayNot(Session session, String what) {
        return gate.refuses(session, what, Request.of(session.subject(), Right.OWN_SESSION));
    }
}
