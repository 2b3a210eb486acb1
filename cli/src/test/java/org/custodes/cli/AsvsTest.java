package org.custodes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// `docs/asvs.md` names every requirement of level 1, and tests that are there.
class AsvsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern NUMBER = Pattern.compile("(?m)^\\| (\\d+\\.\\d+\\.\\d+) \\|");
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| (\\d+\\.\\d+\\.\\d+) \\| ([^|]+) \\| ([^|]+) \\|$");
    private static final Pattern TEST = Pattern.compile("`([A-Za-z]+)#([a-z_A-Z0-9]+)`");
    private static final Pattern ANNOTATION = Pattern.compile("@(Parameterized)?Test|@Property");

    /// Those of version 5.0.0, by section and number of its requirements of level 1.
    private static final List<String> LEVEL_1 =
            List.of(
                    "1.2 1 2 3 4 5",
                    "1.3 1 2",
                    "1.5 1",
                    "2.1 1",
                    "2.2 1 2",
                    "2.3 1",
                    "3.2 1 2",
                    "3.3 1",
                    "3.4 1 2",
                    "3.5 1 2 3",
                    "4.1 1",
                    "4.4 1",
                    "5.2 1 2",
                    "5.3 1 2",
                    "6.1 1",
                    "6.2 1 2 3 4 5 6 7 8",
                    "6.3 1 2",
                    "6.4 1 2",
                    "7.2 1 2 3 4",
                    "7.4 1 2",
                    "8.1 1",
                    "8.2 1 2",
                    "8.3 1",
                    "9.1 1 2 3",
                    "9.2 1",
                    "10.4 1 2 3 4 5",
                    "11.3 1 2",
                    "11.4 1",
                    "12.1 1",
                    "12.2 1 2",
                    "13.4 1",
                    "14.2 1",
                    "14.3 1",
                    "15.1 1",
                    "15.2 1",
                    "15.3 1");

    @Test
    void every_requirement_of_level_1_stands_there_once_with_an_answer() throws IOException {
        var wanted = wanted();

        assertThat(wanted).hasSize(70);
        assertThat(found(NUMBER, page())).containsExactlyElementsOf(wanted);
        assertThat(found(ROW, page())).containsExactlyElementsOf(wanted);
    }

    @Test
    void every_test_that_is_named_there_exists() throws IOException {
        var exists = testsOf(ROOT);
        List<String> missing = new ArrayList<>();
        TEST.matcher(page())
                .results()
                .map(named -> named.group(1) + "#" + named.group(2))
                .filter(Predicate.not(exists))
                .forEach(missing::add);

        assertThat(missing).isEmpty();
        assertThat(exists.test("AsvsTest#every_test_that_is_named_there_exists")).isTrue();
        assertThat(exists.test("AsvsTest#a_test_that_nobody_wrote")).isFalse();
        assertThat(exists.test("NobodysTest#every_test_that_is_named_there_exists")).isFalse();
    }

    private static List<String> wanted() {
        List<String> wanted = new ArrayList<>();
        for (var section : LEVEL_1) {
            var words = section.split(" ", -1);
            for (var i = 1; i < words.length; i++) {
                wanted.add(words[0] + "." + words[i]);
            }
        }
        return wanted;
    }

    private static String page() throws IOException {
        return Files.readString(ROOT.resolve("docs").resolve("asvs.md"));
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(found -> found.group(1)).toList();
    }

    /// Whether there is a test of this class and method in any room.
    private static Predicate<String> testsOf(Path root) throws IOException {
        List<Path> sources = new ArrayList<>();
        try (var rooms = Files.newDirectoryStream(root, Files::isDirectory)) {
            for (var room : rooms) {
                var tests = room.resolve("src").resolve("test").resolve("java");
                if (Files.isDirectory(tests)) {
                    try (var files = Files.walk(tests)) {
                        files.filter(file -> file.toString().endsWith("Test.java"))
                                .forEach(sources::add);
                    }
                }
            }
        }
        return named -> sources.stream().anyMatch(source -> holds(source, named));
    }

    private static boolean holds(Path source, String named) {
        var words = named.split("#", -1);
        if (!source.getFileName().toString().equals(words[0] + ".java")) {
            return false;
        }
        try {
            var text = Files.readString(source);
            var at = text.indexOf("void " + words[1] + "(");
            return at > 0
                    && ANNOTATION.matcher(text.substring(text.lastIndexOf("\n\n", at), at)).find();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
