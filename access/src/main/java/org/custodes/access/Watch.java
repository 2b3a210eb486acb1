package org.custodes.access;

import java.time.Duration;
import org.custodes.database.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks after what runs, once a second: sessions whose time is up end with their looks, no look goes on
/// that would be refused now, or while rights cannot be checked (DESIGN I6), and what was taken in an
/// emergency ends on record.
final class Watch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
    private static final Duration EVERY = Duration.ofSeconds(1);

    /// What waits a day need not be looked after each second.
    private static final int RIPE_EVERY = 30;

    /// What the log lets go of goes by months.
    private static final int LET_GO_EVERY = 86_400;

    private final Database database;
    private final Sessions sessions;
    private final Looks looks;
    private final Widenings widenings;
    private final Enrolments enrolments;
    private final Policies policies;
    private final Decisions decisions;
    private final Emergencies emergencies;
    private final Thread thread;

    /// Only this thread's.
    private long rounds;

    /// Beside the interrupt, which whoever waits for the database may swallow.
    private volatile boolean closed;

    Watch(
            Database database,
            Sessions sessions,
            Looks looks,
            Widenings widenings,
            Enrolments enrolments,
            Policies policies,
            Decisions decisions,
            Emergencies emergencies) {
        this.database = database;
        this.sessions = sessions;
        this.looks = looks;
        this.widenings = widenings;
        this.enrolments = enrolments;
        this.policies = policies;
        this.decisions = decisions;
        this.emergencies = emergencies;
        this.thread = Thread.ofVirtual().name("access-watch").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    void once() {
        try {
            sessions.sweep();
            // Asked first: it says no in seconds, a question to a silent database may wait for
            // longer.
            if (!sessions.looks().isEmpty() && !database.reachable()) {
                sessions.endLooks(Reason.DATABASE_UNAVAILABLE);
            }
            looks.review();
            if (rounds % RIPE_EVERY == 0) {
                widenings.makeRipe();
                enrolments.lookForRecovered();
                emergencies.look();
            }
            emergencies.sweep();
            if (rounds % LET_GO_EVERY == 0) {
                decisions.sweep(policies.now());
            }
            rounds++;
        } catch (DatabaseAwayException e) {
            sessions.endLooks(Reason.DATABASE_UNAVAILABLE);
        }
    }

    private void run() {
        while (!closed) {
            try {
                once();
                Thread.sleep(EVERY);
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                // The next round may do better; without rounds no session would ever end.
                LOG.error("Looking after sessions failed; it is tried again in a second", e);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
