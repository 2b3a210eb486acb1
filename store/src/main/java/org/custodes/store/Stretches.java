package org.custodes.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A set of wall times as stretches that do not touch, in order. Immutable.
record Stretches(List<Stretch> list) {

    /// From `start` on, up to but not including `end`, in microseconds.
    record Stretch(long start, long end) {

        boolean empty() {
            return start >= end;
        }

        Stretch within(Stretch other) {
            return new Stretch(Math.max(start, other.start), Math.min(end, other.end));
        }
    }

    Stretches {
        list = List.copyOf(list);
    }

    /// The union of any stretches.
    static Stretches union(List<Stretch> any) {
        var sorted =
                any.stream()
                        .filter(stretch -> !stretch.empty())
                        .sorted(Comparator.comparingLong(Stretch::start))
                        .toList();
        var joined = new ArrayList<Stretch>();
        for (var stretch : sorted) {
            if (joined.isEmpty() || joined.getLast().end < stretch.start) {
                joined.add(stretch);
            } else {
                var last = joined.removeLast();
                joined.add(new Stretch(last.start, Math.max(last.end, stretch.end)));
            }
        }
        return new Stretches(joined);
    }

    /// What is in this set and not in the other.
    Stretches minus(Stretches other) {
        var left = new ArrayList<Stretch>();
        for (var stretch : list) {
            left.addAll(other.cutFrom(stretch));
        }
        return new Stretches(left);
    }

    /// What remains of one stretch when this set is taken away.
    List<Stretch> cutFrom(Stretch stretch) {
        var left = new ArrayList<Stretch>();
        var start = stretch.start;
        for (var cut : list.subList(firstEndingAfter(start), list.size())) {
            if (cut.start >= stretch.end) {
                break;
            }
            if (cut.start > start) {
                left.add(new Stretch(start, cut.start));
            }
            start = Math.max(start, cut.end);
        }
        if (start < stretch.end) {
            left.add(new Stretch(start, stretch.end));
        }
        return left;
    }

    /// The place of the first stretch that ends after a time. They do not touch, so their ends are in order.
    private int firstEndingAfter(long wall) {
        var low = 0;
        var high = list.size();
        while (low < high) {
            var middle = (low + high) >>> 1;
            if (list.get(middle).end <= wall) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /// The part of this set that lies in a stretch.
    Stretches within(Stretch bounds) {
        return new Stretches(
                list.stream()
                        .map(stretch -> stretch.within(bounds))
                        .filter(stretch -> !stretch.empty())
                        .toList());
    }
}
