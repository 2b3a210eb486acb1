package org.custodes.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a volume's writer did to files while its calls were made to fail, as strace wrote it down.
final class WriterCalls {
    private static final Pattern LINE = Pattern.compile("(\\w+)\\((.*)\\)\\s+= (-?\\d+)(.*)");
    private static final Pattern OPENED_FILE = Pattern.compile("\\d+<([^>]*)>.*");
    private static final Pattern NAMED_FILE = Pattern.compile("[^\"]*\"([^\"]*)\".*");

    /// A volume is trusted again once so many bytes were written, synced and read back.
    private static final long TRIAL = 64 * 1024;

    private final List<Call> calls = new ArrayList<>();

    /// One call.
    ///
    /// @param file that it was about
    /// @param arguments as strace shows them
    private record Call(String name, String file, String arguments, long result, boolean injected) {

        static Optional<Call> of(String line) {
            var parts = LINE.matcher(line);
            if (!parts.find()) {
                return Optional.empty();
            }
            var arguments = parts.group(2);
            var named = parts.group(1).equals("openat") || parts.group(1).equals("unlink");
            var file = (named ? NAMED_FILE : OPENED_FILE).matcher(arguments);
            return Optional.of(
                    new Call(
                            parts.group(1),
                            file.matches() ? file.group(1) : "",
                            arguments,
                            Long.parseLong(parts.group(3)),
                            parts.group(4).contains("(INJECTED)")));
        }

        boolean onPack() {
            return file.endsWith(".pack");
        }

        boolean onTrial() {
            return file.endsWith("/trial");
        }

        /// Whether it takes away the mark of a pack that is written to (`docs/formats/catalogue.md`): it has ended,
        /// and all of it is synced.
        boolean forgets(String pack) {
            var id = Path.of(pack).getFileName().toString().replace(".pack", "");
            return name.equals("unlink")
                    && result == 0
                    && file.contains("/open/")
                    && file.endsWith("." + id);
        }

        /// Whether it makes a pack's file.
        boolean begins() {
            return name.equals("openat") && onPack() && arguments.contains("O_EXCL") && result >= 0;
        }

        /// Up to where a write reached.
        long end() {
            return Long.parseLong(arguments.substring(arguments.lastIndexOf(' ') + 1)) + result;
        }
    }

    /// How a pack's file stood when a sync failed.
    ///
    /// @param synced up to where it was synced; at most that, if no good sync of it was seen
    private record Stood(long synced, boolean exact) {}

    static WriterCalls of(Path log) throws IOException {
        var calls = new WriterCalls();
        try (var lines = Files.lines(log)) {
            lines.flatMap(line -> Call.of(line).stream()).forEach(calls.calls::add);
        }
        return calls;
    }

    /// Whether a call was made to fail.
    boolean hasFailed() {
        return calls.stream().anyMatch(Call::injected);
    }

    /// Packs that hold anything, or not all, of what they held at the last good sync before the one that was
    /// made to fail. Each of them has ended.
    List<String> notEndedAtTheLastGoodSync() throws IOException {
        var wrong = new ArrayList<String>();
        for (var stood : stoodAtTheFailedSync().entrySet()) {
            var file = Path.of(stood.getKey());
            var size = Files.exists(file) ? Files.size(file) : 0;
            var synced = stood.getValue().synced();
            if (stood.getValue().exact() ? size != synced : size > synced) {
                wrong.add("%s has %d bytes, synced were %d".formatted(file, size, synced));
            }
        }
        return wrong;
    }

    /// How many packs had been written to when the sync failed.
    int packsAtTheFailedSync() {
        return stoodAtTheFailedSync().size();
    }

    private Map<String, Stood> stoodAtTheFailedSync() {
        var written = new HashMap<String, Long>();
        var stood = new HashMap<String, Stood>();
        var seenGoodSync = false;
        for (var call : calls) {
            if (call.name().equals("syncfs") && call.injected()) {
                break;
            }
            if (call.begins()) {
                written.put(call.file(), 0L);
                stood.put(call.file(), new Stood(0, true));
            } else if (call.name().equals("pwrite64") && call.onPack() && call.result() > 0) {
                var before = call.end() - call.result();
                var synced = new Stood(before, seenGoodSync);
                stood.putIfAbsent(call.file(), synced);
                written.put(call.file(), call.end());
            } else if (call.name().equals("unlink")) {
                written.keySet().removeIf(call::forgets);
                stood.keySet().removeIf(call::forgets);
            } else if (call.name().equals("syncfs") && call.result() == 0) {
                written.forEach((file, end) -> stood.put(file, new Stood(end, true)));
                seenGoodSync = true;
            }
        }
        // What was not written to since the last good sync has lost nothing.
        return stood;
    }

    /// Packs that were begun after the first call that failed and before a trial file was written whole,
    /// synced and read back.
    List<String> begunWithoutTrial() {
        var wrong = new ArrayList<String>();
        var failed = false;
        var trial = 0;
        for (var call : calls) {
            if (call.injected()) {
                failed = true;
                trial = 0;
            } else if (failed) {
                trial = trialAfter(trial, call);
                if (call.begins() && trial < 3) {
                    wrong.add(call.file());
                }
            }
        }
        return wrong;
    }

    /// How many packs were begun after the first call that failed.
    long begunAfterTheFault() {
        return calls.stream().dropWhile(call -> !call.injected()).filter(Call::begins).count();
    }

    /// 1 written, 2 synced, 3 read back: the next step only after the one before.
    private static int trialAfter(int step, Call call) {
        var whole = call.onTrial() && call.result() == TRIAL;
        return switch (step) {
            case 0 -> call.name().equals("pwrite64") && whole ? 1 : 0;
            case 1 -> call.name().equals("syncfs") && call.result() == 0 ? 2 : 1;
            case 2 -> call.name().equals("pread64") && whole ? 3 : 2;
            default -> step;
        };
    }
}
