package org.custodes.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Makes system calls of a running program fail or wait, by `strace`.
final class FailingCalls implements AutoCloseable {
    private static final Path STRACE = Path.of("/usr/bin/strace");

    private final ChildProgram strace;
    private final Path log;

    private FailingCalls(ChildProgram strace, Path log) {
        this.strace = strace;
        this.log = log;
    }

    static boolean canBeMade() {
        return Files.isExecutable(STRACE);
    }

    /// Lays hands on all threads of a program, and returns when it has.
    ///
    /// @param call such as `syncfs`
    /// @param how as strace's `inject` takes it, such as `error=EIO:when=3`
    /// @param log what strace writes of it
    static FailingCalls of(long pid, String call, String how, Path log) {
        var strace =
                ChildProgram.foreign(
                        Processors.CAMERAS,
                        List.of(
                                STRACE.toString(),
                                "-f",
                                "-o",
                                log.toString(),
                                "-e",
                                "trace=" + call,
                                "-e",
                                "inject=" + call + ":" + how,
                                "-p",
                                Long.toString(pid)));
        var _ = strace.awaitLine(line -> line.contains("attached"));
        return new FailingCalls(strace, log);
    }

    /// How many calls were made to fail or wait.
    long injected() {
        try (var lines = Files.lines(log)) {
            return lines.filter(line -> line.contains("(INJECTED)") || line.contains("(DELAYED)"))
                    .count();
        } catch (IOException | UncheckedIOException e) {
            // Nothing was written yet.
            return 0;
        }
    }

    /// Lets go of the program.
    @Override
    public void close() {
        strace.close();
    }
}
