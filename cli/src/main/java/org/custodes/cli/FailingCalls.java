package org.custodes.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.regex.Pattern;

/// Makes system calls of a recorder's volume writer fail or wait, by `strace`. Of that thread alone: strace
/// counts the calls of each thread for itself, and a recorder has dozens, so that the tenth write of
/// any thread would be none of a pack.
final class FailingCalls implements AutoCloseable {
    private static final Path STRACE = Path.of("/usr/bin/strace");

    /// As the store names it.
    private static final String WRITER = "store-writer";

    /// What a writer does to files, so that the log tells what came before and after a call that failed.
    private static final String TOLD =
            "openat,pwrite64,pread64,ftruncate,fsync,fdatasync,syncfs,unlink,rename";

    /// The first argument of a call: a descriptor and, in angle brackets, its file.
    private static final Pattern FILE = Pattern.compile("\\(\\d+<([^>]*)>");

    private final ChildProgram strace;
    private final Path log;

    private FailingCalls(ChildProgram strace, Path log) {
        this.strace = strace;
        this.log = log;
    }

    static boolean canBeMade() {
        return Files.isExecutable(STRACE);
    }

    /// Lays hands on the threads that write volumes, and returns when it has.
    ///
    /// @param pid of the recorder
    /// @param call such as `syncfs`
    /// @param how as strace's `inject` takes it, such as `error=EIO:when=3` for the writer's third one
    ///     from now on
    /// @param log what strace writes of it: a line for each call that changes or syncs a file
    /// @throws CannotStartException if the program writes no volume
    static FailingCalls of(long pid, String call, String how, Path log) {
        var words =
                new ArrayList<>(
                        List.of(
                                STRACE.toString(),
                                "-y",
                                "-s",
                                "0",
                                "-o",
                                log.toString(),
                                "-e",
                                "trace=" + TOLD + "," + call,
                                "-e",
                                "inject=" + call + ":" + how));
        var writers = writersOf(pid);
        writers.forEach(thread -> words.addAll(List.of("-p", thread)));
        var strace = ChildProgram.foreign(Processors.CAMERAS, words);
        for (var thread : writers) {
            var _ = strace.awaitLine(line -> line.contains(thread + " attached"));
        }
        return new FailingCalls(strace, log);
    }

    /// The ids of the threads (proc(5)).
    private static List<String> writersOf(long pid) {
        var found = new ArrayList<String>();
        try (var threads = Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "task"))) {
            for (var thread : threads) {
                if (nameOf(thread).equals(WRITER)) {
                    found.add(String.valueOf(thread.getFileName()));
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            throw new CannotStartException(
                    "Cannot look for the threads of process %d: %s".formatted(pid, e.getMessage()),
                    e);
        }
        if (found.isEmpty()) {
            throw new CannotStartException(
                    "Process %d has no thread named %s: it writes no volume"
                            .formatted(pid, WRITER));
        }
        return found;
    }

    private static String nameOf(Path thread) {
        try {
            return Files.readString(thread.resolve("comm")).strip();
        } catch (IOException e) {
            // It ended meanwhile.
            return "";
        }
    }

    /// How many calls were made to fail or wait.
    long injected() {
        return files().size();
    }

    /// How many of them were calls for something in this folder, or for the folder itself.
    long injectedIn(Path folder) {
        return files().stream().filter(file -> Path.of(file).startsWith(folder)).count();
    }

    private List<String> files() {
        try (var lines = Files.lines(log)) {
            return injectedFiles(lines.toList());
        } catch (IOException | UncheckedIOException e) {
            // Nothing was written yet.
            return List.of();
        }
    }

    /// The file of each call that was made to fail or wait, empty if strace does not tell it.
    ///
    /// @param log lines as `strace -f -y` writes them; a call during which another thread makes one takes
    ///     two lines, and only the first names the file
    static List<String> injectedFiles(List<String> log) {
        var files = new ArrayList<String>();
        var begun = new HashMap<String, String>();
        for (var line : log) {
            var thread = line.replaceFirst(" .*", "");
            var named = FILE.matcher(line);
            var file = named.find() ? named.group(1) : begun.getOrDefault(thread, "");
            begun.put(thread, file);
            if (line.contains("(INJECTED)") || line.contains("(DELAYED)")) {
                files.add(file);
            }
        }
        return files;
    }

    /// Lets go of the program.
    @Override
    public void close() {
        strace.close();
    }
}
