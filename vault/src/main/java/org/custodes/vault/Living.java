package org.custodes.vault;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// A stretch of slots whose keys exist, and what keeps them.
///
/// @param era of the tree
/// @param holder the hold that keeps a copy; empty if it is the tree, which lasts for its retention
/// @param restricted whether a restriction hides it, and keeps it whatever becomes of the rest
public record Living(
        UUID camera,
        int mediaClass,
        Slots slots,
        int era,
        Optional<UUID> holder,
        boolean restricted) {

    /// A row's stretches, as long as they can be.
    static List<Living> of(DayId day, TreeRow row) {
        var midnight = day.day().toEpochDay() * Slot.PER_DAY;
        var holder =
                row.isCopyFor(row.holder()) ? Optional.of(row.holder()) : Optional.<UUID>empty();
        var stretches = new ArrayList<Living>();
        var labels = row.labels().sorted(Comparator.comparingInt(NodeLabel::firstSlot)).toList();
        var from = -1;
        var end = -1;
        for (var label : labels) {
            if (label.firstSlot() != end) {
                add(stretches, day, row, holder, midnight, from, end);
                from = label.firstSlot();
            }
            end = label.endSlot();
        }
        add(stretches, day, row, holder, midnight, from, end);
        return stretches;
    }

    private static void add(
            List<Living> to,
            DayId day,
            TreeRow row,
            Optional<UUID> holder,
            long midnight,
            int from,
            int end) {
        var last = Math.min(end, Slot.PER_DAY);
        if (from >= 0 && from < last) {
            var slots = new Slots(midnight + from, midnight + last);
            to.add(
                    new Living(
                            row.camera(),
                            day.mediaClass(),
                            slots,
                            row.era(),
                            holder,
                            row.isHidden()));
        }
    }
}
