package org.custodes.fuzz;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Runs a target: first every input that is known, then Jazzer for a while.
///
/// `-Dcustodes.fuzz=NAME` runs the targets whose name holds it alone, `-Dcustodes.fuzz.seconds=N` lets
/// each search for so long. What a search has learnt stays in `target/fuzz/`; what it found is copied to
/// `src/test/resources/fuzz/` with the commit that mends it, and is read first from then on.
public final class Fuzzing {
    private static final long SECONDS = Long.getLong("custodes.fuzz.seconds", 2);
    private static final String WANTED = System.getProperty("custodes.fuzz", "");
    private static final int LONGEST_INPUT = 1 << 16;
    private static final int LINES_TOLD = 60;

    private final Class<?> target;

    /// @param target a public class with `public static void fuzzerTestOneInput(byte[])`
    public Fuzzing(Class<?> target) {
        this.target = target;
    }

    /// Reads each of these and each input that once was a finding, then searches.
    ///
    /// @param seeds what the parser sees when all is well
    /// @throws IllegalStateException if an input is found that the target cannot bear; says which
    public void run(List<byte[]> seeds) throws IOException, InterruptedException {
        if (!target.getSimpleName().toLowerCase(java.util.Locale.ROOT).contains(WANTED)) {
            return;
        }
        for (var seed = 0; seed < seeds.size(); seed++) {
            read("seed " + seed, seeds.get(seed));
        }
        var known = findings();
        for (var finding : known) {
            read(finding.toString(), Files.readAllBytes(finding));
        }
        search(seeds, known);
    }

    private void read(String which, byte[] input) {
        try {
            target.getMethod("fuzzerTestOneInput", byte[].class).invoke(null, input);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(
                    "%s cannot bear %s: %s".formatted(target.getSimpleName(), which, e.getCause()),
                    e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(target + " is no target", e);
        }
    }

    private List<Path> findings() throws IOException {
        var folder = Path.of("src", "test", "resources", "fuzz", target.getSimpleName());
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private void search(List<byte[]> seeds, List<Path> known)
            throws IOException, InterruptedException {
        var place = Path.of("target", "fuzz", target.getSimpleName()).toAbsolutePath();
        var corpus = Files.createDirectories(place.resolve("corpus"));
        for (var seed = 0; seed < seeds.size(); seed++) {
            Files.write(corpus.resolve("seed-" + seed), seeds.get(seed));
        }
        for (var finding : known) {
            Files.write(corpus.resolve(finding.getFileName()), Files.readAllBytes(finding));
        }
        var log = place.resolve("log");
        var jazzer =
                new ProcessBuilder(command(place, corpus))
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        try {
            if (jazzer.waitFor() != 0) {
                throw new IllegalStateException(
                        "%s: %s".formatted(target.getSimpleName(), end(log)));
            }
        } finally {
            jazzer.destroyForcibly();
        }
    }

    private List<String> command(Path place, Path corpus) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // No core and no heap dump, here as anywhere.
        command.addAll(
                List.of(
                        "-Xmx1g",
                        "-XX:-CreateCoredumpOnCrash",
                        "-XX:+EnableDynamicAgentLoading",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "com.code_intelligence.jazzer.Jazzer",
                        "--target_class=" + target.getName(),
                        "--instrumentation_includes=org.custodes.**",
                        // They look for injections into programs that our parsers never call.
                        "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.*",
                        "--reproducer_path=" + place,
                        "-artifact_prefix=" + place + "/found-",
                        "-max_total_time=" + SECONDS,
                        "-max_len=" + LONGEST_INPUT,
                        "-timeout=10",
                        "-rss_limit_mb=3000",
                        corpus.toString()));
        return command;
    }

    private static String end(Path log) throws IOException {
        var text = new String(Files.readAllBytes(log), StandardCharsets.ISO_8859_1);
        var lines = text.lines().toList();
        return String.join(
                "\n", lines.subList(Math.max(0, lines.size() - LINES_TOLD), lines.size()));
    }
}
