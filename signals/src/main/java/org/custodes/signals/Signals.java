package org.custodes.signals;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// The alarms that stand now. Any thread may raise, end and read; listeners hear of changes in the
/// order in which they came.
public final class Signals {

    /// What became of an alarm.
    public sealed interface Change {
        Alarm alarm();

        record Raised(Alarm alarm) implements Change {}

        /// It stands still and tells something else.
        record Changed(Alarm alarm) implements Change {}

        record Ended(Alarm alarm, Instant at) implements Change {}
    }

    private final Map<String, Alarm> standing = new ConcurrentHashMap<>();
    private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();

    /// Nothing stands yet.
    public Signals() {}

    /// Raises an alarm. One that stands under the same key keeps its `since` and takes the new texts.
    public synchronized void raise(Alarm alarm) {
        var before = standing.get(alarm.key());
        if (before == null) {
            standing.put(alarm.key(), alarm);
            tell(new Change.Raised(alarm));
        } else if (!before.tellsAs(alarm)) {
            var now = alarm.standingSince(before.since());
            standing.put(alarm.key(), now);
            tell(new Change.Changed(now));
        }
    }

    /// Ends the alarm with this key; nothing happens if none stands.
    public void end(String key, Instant at) {
        // Most of what is ended never stood, and some of it is ended with every key frame.
        if (standing.containsKey(key)) {
            endStanding(key, at);
        }
    }

    private synchronized void endStanding(String key, Instant at) {
        var ended = standing.remove(key);
        if (ended != null) {
            tell(new Change.Ended(ended, at));
        }
    }

    /// The alarms that stand, oldest first.
    public List<Alarm> standing() {
        return standing.values().stream()
                .sorted(Comparator.comparing(Alarm::since).thenComparing(Alarm::key))
                .toList();
    }

    /// Calls `listener` on every change, on the thread that made it; it must not block.
    ///
    /// @return the alarms that stood at that moment, oldest first: their raising was not heard
    public synchronized List<Alarm> listen(Consumer<Change> listener) {
        listeners.add(listener);
        return standing();
    }

    /// Calls `listener` no more.
    public synchronized void leave(Consumer<Change> listener) {
        listeners.remove(listener);
    }

    private void tell(Change change) {
        listeners.forEach(listener -> listener.accept(change));
    }
}
