package org.custodes.keeping;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.custodes.audit.Action;
import org.custodes.audit.Actor;
import org.custodes.audit.AuditLog;
import org.custodes.audit.Event;
import org.custodes.audit.Outcome;
import org.custodes.audit.Query;
import org.custodes.signals.Alarm;
import org.custodes.signals.AlarmKind;
import org.custodes.signals.Signals;

/// Whether destruction is suspended because the clock cannot be believed (PRIVACY section 10). It
/// ends by itself after a day, or when a person confirms the clock.
///
/// Where it stands is read from the log, so a restart neither forgets nor renews it.
final class Freeze {
    static final Duration LONGEST = Duration.ofHours(24);
    static final String ALARM = AlarmKind.KEEPING_CLOCK_LEAPT.code();

    private final AuditLog audit;
    private final Signals signals;
    private Optional<Instant> since;

    private Freeze(AuditLog audit, Signals signals, Optional<Instant> since) {
        this.audit = audit;
        this.signals = signals;
        this.since = since;
    }

    static Freeze asLogged(AuditLog audit, Signals signals) {
        var codes = Set.of(Action.EXPIRY_FROZEN.code(), Action.EXPIRY_RESUMED.code());
        var freeze = new Freeze(audit, signals, last(audit, codes));
        freeze.since.ifPresent(began ->
                freeze.raise(began, "The recorder's clock had leapt before the last stop."));
        return freeze;
    }

    /// When the freeze began that the newest of these entries tells of; empty if it tells of an end.
    private static Optional<Instant> last(AuditLog audit, Set<String> codes) {
        var query =
                new Query(
                        codes,
                        Optional.empty(),
                        "",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        "",
                        OptionalLong.empty(),
                        1);
        while (true) {
            var page = audit.read(query);
            if (!page.entries().isEmpty() || page.next().isEmpty()) {
                return page.entries().stream()
                        .filter(entry -> entry.action().equals(Action.EXPIRY_FROZEN.code()))
                        .map(entry -> entry.time())
                        .findFirst();
            }
            query = query.before(page.next().getAsLong());
        }
    }

    boolean holds() {
        return since.isPresent();
    }

    void begin(Instant now, Duration leap) {
        var cause = "The recorder's clock is %s ahead of what has passed.".formatted(told(leap));
        audit.append(Event.of(Actor.system(), Action.EXPIRY_FROZEN, "", Outcome.DONE, cause));
        since = Optional.of(now);
        raise(now, cause);
    }

    /// Ends it if its day is over. A clock that was set back behind its beginning was wrong then and is
    /// right now: that ends it too.
    void endIfOver(Instant now) {
        var over = since.filter(began -> now.isBefore(began) || !now.isBefore(began.plus(LONGEST)));
        if (over.isPresent()) {
            end(now, "The clock was set back, or 24 hours have passed.");
        }
    }

    void end(Instant now, String why) {
        if (holds()) {
            audit.append(Event.of(Actor.system(), Action.EXPIRY_RESUMED, "", Outcome.DONE, why));
            since = Optional.empty();
            signals.end(ALARM, now);
        }
    }

    private void raise(Instant began, String cause) {
        signals.raise(
                new Alarm(
                        ALARM,
                        AlarmKind.KEEPING_CLOCK_LEAPT,
                        "",
                        began,
                        cause + " Nothing is destroyed until " + began.plus(LONGEST) + ".",
                        "Check date and time of this machine, and confirm them or set them right.",
                        Map.of("until", began.plus(LONGEST).toString())));
    }

    private static String told(Duration leap) {
        return "%d h %d min".formatted(leap.toHours(), leap.toMinutesPart());
    }
}
