package org.custodes.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.custodes.media.Bytes;
import org.jdbi.v3.core.Handle;

/// Who is signed in. In memory, so that finding one never waits, and in the database, so that a
/// restart signs nobody out and a row that is gone ends its session.
final class Sessions {
    private static final Duration KEPT_EVERY = Duration.ofMinutes(1);
    private static final int MOST_TOLD = 1_000;

    private final AccessTables tables;
    private final InstantSource clock;
    private final Tokens tokens;
    private final Map<Bytes, LiveSession> byToken = new ConcurrentHashMap<>();
    private final Map<UUID, LiveSession> byId = new ConcurrentHashMap<>();

    /// Ended while the database was away; their rows go when it is back.
    private final Queue<UUID> toRemove = new ConcurrentLinkedQueue<>();

    /// Why those ended that their browsers know nothing of, the newest of them.
    private final Map<Bytes, Reason> told = Collections.synchronizedMap(new Newest());

    /// One proof after the other, so that memory and database keep the same token.
    private final Object proving = new Object();

    private volatile boolean loaded;

    private static final class Newest extends LinkedHashMap<Bytes, Reason> {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Bytes, Reason> eldest) {
            return size() > MOST_TOLD;
        }
    }

    Sessions(AccessTables tables, InstantSource clock, Tokens tokens) {
        this.tables = tables;
        this.clock = clock;
        this.tokens = tokens;
    }

    /// Signs somebody in.
    SignedIn open(Person person, Session.Kind kind, Origin origin, Proof proof) {
        var token = tokens.make();
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var row =
                new SessionTable.Row(
                        UUID.randomUUID(),
                        Tokens.hash(token),
                        person.id(),
                        kind,
                        origin,
                        proof,
                        now,
                        now,
                        now.plus(LiveSession.LONGEST));
        tables.in(handle -> {
            SessionTable.add(handle, row);
            PersonTable.signedIn(handle, person.id(), now);
            return row;
        });
        return new SignedIn(keep(row, person).session(), token);
    }

    private LiveSession keep(SessionTable.Row row, Person person) {
        var session =
                new Session(
                        row.id(),
                        person.id(),
                        person.name(),
                        row.kind(),
                        row.origin(),
                        row.proof(),
                        row.signedInAt(),
                        row.endsAt());
        var live = new LiveSession(session, row.token(), row.lastSeenAt());
        byId.put(row.id(), live);
        byToken.put(row.token(), live);
        return live;
    }

    /// @throws DatabaseAwayException if the token may be one of the last run's, whose sessions the
    ///     database has not told yet
    Optional<Session> byToken(String token) {
        return proved(token, false);
    }

    /// As [#byToken], and a sign of life.
    Optional<Session> seen(String token) {
        return proved(token, true);
    }

    private Optional<Session> proved(String token, boolean sign) {
        loadOnce();
        var now = clock.instant();
        var hash = Tokens.hash(token);
        var live = Optional.ofNullable(byToken.get(hash)).filter(this::good);
        var session = live.flatMap(one -> one.provedBy(hash, now));
        if (sign && session.isPresent()) {
            live.get().seen(now);
        }
        return session;
    }

    /// Somebody proved once more who they are: the session goes on, under a new token, which a thief of
    /// the old one does not have.
    ///
    /// @return empty if it has ended
    Optional<SignedIn> prove(Session session, Proof proof) {
        synchronized (proving) {
            return live(session).flatMap(live -> prove(live, proof));
        }
    }

    private Optional<SignedIn> prove(LiveSession live, Proof proof) {
        var token = tokens.make();
        var hash = Tokens.hash(token);
        var id = live.session().id();
        if (!tables.in(handle -> SessionTable.prove(handle, id, hash, proof))) {
            end(live, Reason.SESSION_ENDED);
            return Optional.empty();
        }
        byToken.put(hash, live);
        live.proved(proof, hash, clock.instant()).ifPresent(byToken::remove);
        if (live.ended()) {
            byToken.remove(hash);
            return Optional.empty();
        }
        return Optional.of(new SignedIn(live.session(), token));
    }

    Optional<LiveSession> live(Session session) {
        return Optional.ofNullable(byId.get(session.id())).filter(this::good);
    }

    private boolean good(LiveSession live) {
        if (live.expired(clock.instant())) {
            end(live, Reason.SESSION_ENDED);
        }
        return !live.ended();
    }

    /// What `work` finds in the database, if this session's row is still there; if not, the session ends.
    ///
    /// @throws DatabaseAwayException if the database does not answer
    <T> Optional<T> ifConfirmed(LiveSession live, Function<Handle, T> work) {
        var found =
                tables.in(handle ->
                        SessionTable.stands(handle, live.session().id())
                                ? Optional.of(work.apply(handle))
                                : Optional.<T>empty());
        if (found.isEmpty()) {
            end(live, Reason.SESSION_ENDED);
        }
        return found;
    }

    void end(LiveSession live, Reason why) {
        byId.remove(live.session().id());
        for (var token : live.tokens()) {
            byToken.remove(token);
            if (why != Reason.SESSION_ENDED) {
                told.put(token, why);
            }
        }
        live.end(why);
        toRemove.add(live.session().id());
        removeRows();
    }

    /// Why the session that this token proved has ended, if there is more to say than that.
    Optional<Reason> whyEnded(String token) {
        return Optional.ofNullable(told.get(Tokens.hash(token)));
    }

    void endAllOf(PersonId person, Reason why) {
        of(person).forEach(live -> end(live, why));
    }

    /// The sessions of a person, oldest first.
    List<LiveSession> of(PersonId person) {
        return byId.values().stream()
                .filter(live -> live.session().person().equals(person))
                .filter(this::good)
                .sorted(Comparator.comparing(live -> live.session().signedInAt()))
                .toList();
    }

    /// Ends every look of everybody; the sessions stand.
    void endLooks(Reason why) {
        byId.values().forEach(live -> live.endLooks(why));
    }

    /// Every look of everybody.
    List<Grant> looks() {
        return byId.values().stream().flatMap(live -> live.looks().stream()).toList();
    }

    /// What must be done from time to time: sessions whose time is up end, and signs of life are
    /// kept.
    ///
    /// @throws DatabaseAwayException if the database does not answer
    void sweep() {
        byId.values().forEach(this::good);
        loadOnce();
        for (var live : byId.values()) {
            live.toKeep(KEPT_EVERY).ifPresent(seen -> keepSeen(live, seen));
        }
        removeRows();
    }

    private void keepSeen(LiveSession live, Instant seen) {
        var micros = seen.truncatedTo(ChronoUnit.MICROS);
        tables.in(handle -> {
            SessionTable.seen(handle, live.session().id(), micros);
            return live;
        });
    }

    private void removeRows() {
        try {
            for (var id = toRemove.peek(); id != null; id = toRemove.peek()) {
                var row = id;
                tables.in(handle -> {
                    SessionTable.remove(handle, row);
                    return row;
                });
                toRemove.remove(row);
            }
        } catch (DatabaseAwayException e) {
            // They are ended for us; the rows go with a later sweep.
        }
    }

    /// Reads the sessions of the last run, once the database answers.
    private void loadOnce() {
        if (!loaded) {
            tables.in(this::load);
        }
    }

    private synchronized boolean load(Handle handle) {
        if (loaded) {
            return true;
        }
        for (var row : SessionTable.all(handle)) {
            var person = PersonTable.byId(handle, row.person()).map(PersonTable.Row::person);
            if (person.isEmpty() || person.get().state() != Person.State.ACTIVE) {
                SessionTable.remove(handle, row.id());
            } else if (!byId.containsKey(row.id())) {
                keep(row, person.get());
            }
        }
        loaded = true;
        return true;
    }
}
