package org.custodes.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// The name of a segment's file: the index of its first entry, and its month.
record SegmentName(long firstIndex, YearMonth month) {
    private static final Pattern NAME =
            Pattern.compile("(\\d{15})-(\\d{4}-(?:0[1-9]|1[0-2]))\\.audit");

    Path in(Path folder) {
        return folder.resolve("%015d-%s.audit".formatted(firstIndex, month));
    }

    /// The segments of a log, by first index; files of other names are not looked at.
    static NavigableMap<Long, SegmentName> list(Path folder) throws IOException {
        var found = new TreeMap<Long, SegmentName>();
        try (var files = Files.newDirectoryStream(folder)) {
            for (var file : files) {
                var name = NAME.matcher(file.getFileName().toString());
                if (name.matches()) {
                    var segment =
                            new SegmentName(
                                    Long.parseLong(name.group(1)), YearMonth.parse(name.group(2)));
                    found.merge(segment.firstIndex(), segment, (a, b) -> fuller(folder, a, b));
                }
            }
        }
        return found;
    }

    /// Two segments begin at one index if the first of them stayed empty.
    private static SegmentName fuller(Path folder, SegmentName one, SegmentName other) {
        var first = one.in(folder).toFile().length();
        return first >= other.in(folder).toFile().length() ? one : other;
    }
}
