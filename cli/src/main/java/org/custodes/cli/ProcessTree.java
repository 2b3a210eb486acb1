package org.custodes.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// What a process and all that it started have used, by the kernel's own books (proc(5)).
final class ProcessTree {
    /// `sysconf(_SC_CLK_TCK)` is 100 on every Linux that we run on.
    private static final double TICKS_PER_SECOND = 100;

    private final List<ProcessHandle> roots;

    ProcessTree(List<ProcessHandle> roots) {
        this.roots = List.copyOf(roots);
    }

    /// User and system time in seconds, finished children of theirs included.
    double cpuSeconds() {
        return all().mapToDouble(ProcessTree::cpuSeconds).sum();
    }

    /// Proportional set size in bytes: shared pages counted once, divided among who shares them.
    long pssBytes() {
        return all().mapToLong(ProcessTree::pssBytes).sum();
    }

    private Stream<ProcessHandle> all() {
        return roots.stream()
                .flatMap(root -> Stream.concat(Stream.of(root), root.descendants()))
                .distinct();
    }

    private static double cpuSeconds(ProcessHandle process) {
        // The second field is the program's name in brackets, which may hold spaces.
        var fields = read(process, "stat").replaceFirst("^.*\\) ", "").split(" ", -1);
        if (fields.length < 15) {
            return 0;
        }
        var ticks = 0L;
        for (var field = 11; field <= 14; field++) {
            ticks += Long.parseLong(fields[field]);
        }
        return ticks / TICKS_PER_SECOND;
    }

    private static long pssBytes(ProcessHandle process) {
        return read(process, "smaps_rollup")
                .lines()
                .filter(line -> line.startsWith("Pss:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                .sum();
    }

    /// Empty if the process has ended meanwhile.
    private static String read(ProcessHandle process, String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), file));
        } catch (IOException e) {
            return "";
        }
    }
}
