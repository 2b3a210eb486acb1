package org.custodes.vault;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/// The order to destroy the keys of a stretch of slots of one camera.
///
/// @param id of the order: given twice, it is done once, and its answer is the same
/// @param camera whose footage
/// @param classes which classes, as formats number them
/// @param slots which slots, in every era; over 400 days at most
public record Puncture(UUID id, UUID camera, Set<Integer> classes, Slots slots) {
    private static final int MOST_DAYS = 400;

    public Puncture {
        Objects.requireNonNull(id);
        Objects.requireNonNull(camera);
        classes = Collections.unmodifiableSet(new TreeSet<>(classes));
        if (classes.isEmpty()
                || classes.size() > 255
                || classes.stream().anyMatch(each -> each < 0 || each > 255)) {
            throw new IllegalArgumentException(
                    "A puncture names classes of 0 to 255, but got %s".formatted(classes));
        }
        var days = slots.lastDay().toEpochDay() - slots.firstDay().toEpochDay() + 1;
        if (days > MOST_DAYS) {
            throw new IllegalArgumentException(
                    "A puncture goes over %d days at most, but got %d: order several"
                            .formatted(MOST_DAYS, days));
        }
    }

    /// The days of each class that it touches, in order.
    List<DayId> days() {
        var days = new ArrayList<DayId>();
        for (var mediaClass : classes) {
            slots.firstDay()
                    .datesUntil(slots.lastDay().plusDays(1))
                    .forEach(day -> days.add(new DayId(day, mediaClass)));
        }
        return days;
    }
}
