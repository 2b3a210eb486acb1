package org.custodes.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Which processor does what while a bench runs: recorders and their peers have one, cameras and
/// viewers the other, so that neither takes from the other what is measured.
final class Processors {
    static final int CAMERAS = 0;
    static final int RECORDERS = 1;

    private static final Path TASKSET = Path.of("/usr/bin/taskset");

    private Processors() {}

    /// What stands before a command that is held to one processor; nothing where the system cannot.
    static List<String> heldTo(int processor) {
        return exists(processor)
                ? List.of(TASKSET.toString(), "-c", Integer.toString(processor))
                : List.of();
    }

    /// Holds this program, which plays the viewers, to the cameras' processor. What it starts from now
    /// on is held there too, if it is not held elsewhere.
    static void holdThisProgram() {
        if (!exists(CAMERAS)) {
            return;
        }
        try {
            var _ =
                    new ProcessBuilder(
                                    TASKSET.toString(),
                                    "-a",
                                    "-c",
                                    "-p",
                                    Integer.toString(CAMERAS),
                                    Long.toString(ProcessHandle.current().pid()))
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor();
        } catch (IOException e) {
            throw new CannotStartException("Cannot start taskset: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotStartException("Interrupted", e);
        }
    }

    /// Not by the JVM's count of processors: that is 1 once this program is held to one.
    private static boolean exists(int processor) {
        return Files.isExecutable(TASKSET)
                && Files.exists(Path.of("/sys/devices/system/cpu/cpu" + RECORDERS))
                && Files.exists(Path.of("/sys/devices/system/cpu/cpu" + processor));
    }
}
