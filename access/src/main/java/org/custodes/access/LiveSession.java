package org.custodes.access;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.custodes.media.Bytes;

/// A session that stands, with the looks that hang on it. Any thread.
final class LiveSession {
    static final Duration IDLE = Duration.ofMinutes(15);
    static final Duration LONGEST = Duration.ofHours(12);

    /// What is under way while a token is replaced still comes with the old one.
    private static final Duration HANDED_OVER = Duration.ofSeconds(10);

    /// @param until a token that was replaced opens the session as it was, until then
    private record Former(Session session, Bytes token, Instant until) {}

    // All eight are guarded by this.
    private Session session;
    private Bytes token;
    private Optional<Former> former = Optional.empty();
    private final Set<Grant> grants = new LinkedHashSet<>();
    private final List<Runnable> listeners = new ArrayList<>();
    private Instant lastSeen;
    private Instant lastKept;
    private boolean ended;

    LiveSession(Session session, Bytes token, Instant lastSeen) {
        this.session = session;
        this.token = token;
        this.lastSeen = lastSeen;
        this.lastKept = lastSeen;
    }

    synchronized Session session() {
        return session;
    }

    OwnSession told(boolean isThis) {
        var now = session();
        return new OwnSession(
                now.id(),
                now.kind(),
                now.origin(),
                now.signedInAt(),
                lastSeen(),
                now.endsAt(),
                isThis);
    }

    /// Those that may still prove it: the present one, and the one before.
    synchronized List<Bytes> tokens() {
        return former.map(one -> List.of(token, one.token())).orElseGet(() -> List.of(token));
    }

    /// The session that this token proves. A token that was replaced a moment ago proves it as it was
    /// before: what was proved since is nothing to whoever has the old one.
    synchronized Optional<Session> provedBy(Bytes shown, Instant now) {
        if (shown.equals(token)) {
            return Optional.of(session);
        }
        return former.filter(one -> shown.equals(one.token()) && now.isBefore(one.until()))
                .map(Former::session);
    }

    /// From now on it is proved by another token, and its person by another proof.
    ///
    /// @return a token that opens nothing any more
    synchronized Optional<Bytes> proved(Proof proof, Bytes fresh, Instant now) {
        var useless = former.map(Former::token);
        former = Optional.of(new Former(session, token, now.plus(HANDED_OVER)));
        session = session.proved(proof);
        token = fresh;
        return useless;
    }

    synchronized Instant lastSeen() {
        return lastSeen;
    }

    synchronized boolean ended() {
        return ended;
    }

    synchronized void seen(Instant now) {
        lastSeen = now.isAfter(lastSeen) ? now : lastSeen;
    }

    /// Whether its time is up: 12 h after signing in, and in a browser 15 min after the last sign of
    /// life. A command line is left alone between two commands.
    synchronized boolean expired(Instant now) {
        var idle = session.kind() == Session.Kind.BROWSER && !now.isBefore(lastSeen.plus(IDLE));
        return idle || !now.isBefore(session.endsAt());
    }

    /// The last sign of life, if it is newer than what was kept by more than `most`.
    synchronized Optional<Instant> toKeep(Duration most) {
        if (Duration.between(lastKept, lastSeen).compareTo(most) < 0) {
            return Optional.empty();
        }
        lastKept = lastSeen;
        return Optional.of(lastSeen);
    }

    /// Whether the look now hangs on this session; not if it has ended.
    synchronized boolean hold(Grant grant) {
        if (!ended) {
            grants.add(grant);
        }
        return !ended;
    }

    synchronized void release(Grant grant) {
        grants.remove(grant);
    }

    synchronized List<Grant> looks() {
        return List.copyOf(grants);
    }

    void onEnd(Runnable listener) {
        synchronized (this) {
            if (!ended) {
                listeners.add(listener);
                return;
            }
        }
        listener.run();
    }

    /// Ends every look; the session stands.
    void endLooks(Reason why) {
        List<Grant> open;
        synchronized (this) {
            open = List.copyOf(grants);
            grants.clear();
        }
        open.forEach(grant -> grant.revoke(why));
    }

    void end(Reason why) {
        List<Runnable> toTell;
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            toTell = List.copyOf(listeners);
            listeners.clear();
        }
        endLooks(why);
        toTell.forEach(Runnable::run);
    }
}
