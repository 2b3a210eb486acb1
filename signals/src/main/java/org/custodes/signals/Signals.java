package org.custodes.signals;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// The alarms that stand now. Any thread may raise, end and read.
public final class Signals {

    /// An alarm that was raised, or one that has ended.
    public sealed interface Change {
        record Raised(Alarm alarm) implements Change {}

        record Ended(Alarm alarm, Instant at) implements Change {}
    }

    private final Map<String, Alarm> standing = new ConcurrentHashMap<>();
    private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();

    /// Nothing stands yet.
    public Signals() {}

    /// Raises an alarm. One that stands under the same key keeps its `since` and takes the new texts.
    public void raise(Alarm alarm) {
        var before = standing.putIfAbsent(alarm.key(), alarm);
        if (before == null) {
            tell(new Change.Raised(alarm));
        } else {
            standing.computeIfPresent(
                    alarm.key(), (key, stands) -> alarm.standingSince(stands.since()));
        }
    }

    /// Ends the alarm with this key; nothing happens if none stands.
    public void end(String key, Instant at) {
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
    public void listen(Consumer<Change> listener) {
        listeners.add(listener);
    }

    private void tell(Change change) {
        listeners.forEach(listener -> listener.accept(change));
    }
}
