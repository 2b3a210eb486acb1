package org.custodes.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/// Makes guessing slow: after a few free attempts the next must wait 1 s, then 2, 4, … up to 15 min; and of any
/// 15 min there is a number of attempts that nobody exceeds, however they are spread.
///
/// An attempt is counted before it is known how it ends, so that many at once are not one. It never
/// stops anybody for good, and one-time links do not pass here, so nobody can lock out the last
/// security officer. Any thread.
final class Throttle {
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);

    /// As many keys as strangers may make it remember; then it forgets the one that was longest unused.
    private static final int MOST_KEYS = 10_000;

    /// May this attempt be made?
    sealed interface Verdict {

        record Go() implements Verdict {}

        /// Not before then.
        ///
        /// @param first whether nobody was told so since the last attempt that was made
        record Wait(Instant until, boolean first) implements Verdict {}
    }

    private static final class Count {
        private final Deque<Instant> recent = new ArrayDeque<>();
        private int attempts;
        private Instant last;
        private Instant blockedUntil;
        private boolean told;

        Count(Instant now) {
            this.last = now;
            this.blockedUntil = now;
        }

        /// When the next attempt may be made after this one, so that of no 15 min there are more than `most`.
        private Instant next(Instant now, int most) {
            recent.addLast(now);
            if (recent.size() > most) {
                recent.removeFirst();
            }
            return recent.size() < most ? now : recent.getFirst().plus(LONGEST);
        }
    }

    private final InstantSource clock;
    private final int free;
    private final int most;
    private final int keys;
    // Guarded by this; the longest unused goes first.
    private final Map<String, Count> counts =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
                    return size() > keys;
                }
            };

    /// A throttle.
    ///
    /// @param free how many attempts go before the first must wait
    /// @param most how many may be made in 15 min
    Throttle(int free, int most, InstantSource clock) {
        this(free, most, MOST_KEYS, clock);
    }

    private Throttle(int free, int most, int keys, InstantSource clock) {
        this.free = free;
        this.most = most;
        this.keys = keys;
        this.clock = clock;
    }

    /// One that forgets no key for others, for keys of which there are no more than people: nobody makes it forget one
    /// by trying many.
    static Throttle ofPeople(int free, int most, InstantSource clock) {
        return new Throttle(free, most, Integer.MAX_VALUE, clock);
    }

    /// Asks for one attempt, and counts it if it may be made.
    synchronized Verdict attempt(String key) {
        var now = clock.instant();
        var count = counts.computeIfAbsent(key, _ -> new Count(now));
        if (now.isBefore(count.blockedUntil)) {
            var first = !count.told;
            count.told = true;
            return new Verdict.Wait(count.blockedUntil, first);
        }
        if (now.isAfter(count.last.plus(FORGOTTEN_AFTER))) {
            count.attempts = 0;
        }
        count.attempts++;
        count.last = now;
        count.told = false;
        count.blockedUntil = later(now.plus(wait(count.attempts)), count.next(now, most));
        return new Verdict.Go();
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /// The attempt ended well: it is not counted.
    synchronized void forgive(String key) {
        var count = counts.get(key);
        if (count != null) {
            count.attempts = Math.max(0, count.attempts - 1);
            count.blockedUntil = count.last;
            count.recent.pollLast();
        }
    }

    /// Forgets all attempts.
    synchronized void forget(String key) {
        counts.remove(key);
    }

    private Duration wait(int attempts) {
        if (attempts <= free) {
            return Duration.ZERO;
        }
        var doubled = Duration.ofSeconds(1L << Math.min(20, attempts - free - 1));
        return doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
    }
}
