package org.custodes.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// Another run of this program, in a process of its own: what benches measure.
final class ChildProgram implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final List<String> said = new CopyOnWriteArrayList<>();
    private final Thread listening;

    private ChildProgram(Process process) {
        this.process = process;
        // No virtual one: it waits in a read of a pipe, and would keep a carrier for as long.
        this.listening = Thread.ofPlatform().daemon().name("child-says").start(this::listen);
    }

    /// Runs one of our commands, held to one processor where the system can: by the launcher that
    /// `-Dcustodes.launcher` names, else as this program itself was started (its JVM's options, and so
    /// what its own launcher and `CUSTODES_JAVA_OPTIONS` say).
    static ChildProgram custodes(int processor, List<String> arguments) {
        return custodes(processor, Map.of(), arguments);
    }

    /// As above, with words of its environment that differ from ours.
    static ChildProgram custodes(
            int processor, Map<String, String> environment, List<String> arguments) {
        var command = new ArrayList<>(Processors.heldTo(processor));
        command.addAll(program());
        command.addAll(arguments);
        return start(environment, command);
    }

    /// Runs a foreign program, held to one processor where the system can.
    static ChildProgram foreign(int processor, List<String> words) {
        var command = new ArrayList<>(Processors.heldTo(processor));
        command.addAll(words);
        return start(Map.of(), command);
    }

    /// Waits for a line and answers it.
    String awaitLine(Predicate<String> wanted) {
        return awaitLine(PATIENCE, wanted);
    }

    String awaitLine(Duration patience, Predicate<String> wanted) {
        var deadline = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < deadline) {
            var found = said.stream().filter(wanted).findFirst();
            if (found.isPresent()) {
                return found.get();
            }
            if (!process.isAlive() && !listening.isAlive()) {
                break;
            }
            Waiting.aMoment();
        }
        throw new CannotStartException(
                "A program that a bench started did not get ready; it said: "
                        + String.join(" | ", said));
    }

    /// What it has said so far, on standard output and standard error.
    List<String> said() {
        return List.copyOf(said);
    }

    long pid() {
        return process.pid();
    }

    Process process() {
        return process;
    }

    /// Ends it at once, as the kernel does when memory runs out.
    void kill() {
        try {
            var _ = process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotStartException("Interrupted", e);
        }
    }

    /// Asks it to stop and waits; after a minute it is ended by force.
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static ChildProgram start(Map<String, String> environment, List<String> command) {
        try {
            var builder =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectInput(
                                    ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
            builder.environment().putAll(environment);
            return new ChildProgram(builder.start());
        } catch (IOException e) {
            throw new CannotStartException(
                    "Cannot start %s: %s".formatted(command.getFirst(), e.getMessage()), e);
        }
    }

    private static List<String> program() {
        var launcher = System.getProperty("custodes.launcher");
        if (launcher != null) {
            return List.of(launcher);
        }
        var java = new ArrayList<String>();
        java.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        java.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        java.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        return java;
    }

    private void listen() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            reader.lines().forEach(said::add);
        } catch (IOException | UncheckedIOException ended) {
            // Its stream closes when it is ended; what it said until then counts.
        }
    }
}
