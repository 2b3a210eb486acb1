package org.custodes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.custodes.access.Reason;
import org.custodes.access.Template;
import org.custodes.audit.Action;
import org.custodes.capture.CameraTest;
import org.custodes.media.GapCause;
import org.custodes.signals.AlarmKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The console has a word in every language for every word that the server sends.
class ConsoleWordsTest {
    private static final Pattern FAULT_KEY =
            Pattern.compile(
                    "\"((?:form|address|approval|code|emergency|group|name|passkey|person|password|role|wall|ticket|transport|certificate|exception)"
                            + "\\.[a-z-]+)\"");

    private static final Path CONSOLE = Path.of("../console/src");

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void has_a_word_for_every_action_of_the_log(String language) throws IOException {
        assertThat(catalogue(language)).contains(keys("act.", Action.values(), Action::code));
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void has_a_word_for_every_role_and_every_gap(String language) throws IOException {
        assertThat(catalogue(language)).contains(keys("role.", Template.values(), Template::code));
        assertThat(catalogue(language)).contains(keys("cause.", GapCause.values(), GapCause::code));
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void says_of_every_alarm_what_happened_why_and_the_next_step(String language)
            throws IOException {
        for (var sentence : List.of("", ".why", ".next")) {
            assertThat(catalogue(language))
                    .contains(keys("alarm.", AlarmKind.values(), kind -> kind.code() + sentence));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void says_why_a_camera_could_not_be_tested(String language) throws IOException {
        assertThat(catalogue(language))
                .contains(
                        keys(
                                "problem.camera-test.",
                                CameraTest.Why.values(),
                                why -> why.name().toLowerCase(Locale.ROOT).replace('_', '-')));
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void has_words_for_every_reason_of_a_refusal(String language) throws IOException {
        var words = catalogue(language);
        assertThat(Reason.values())
                .allSatisfy(reason ->
                        assertThat(words)
                                .containsAnyOf(
                                        "'reason.%s'".formatted(reason.key()),
                                        "'problem.%s'".formatted(reason.key())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void says_what_is_wrong_with_a_field_for_every_fault_that_a_room_finds(String language)
            throws IOException {
        assertThat(faultKeys()).hasSizeGreaterThan(30);
        assertThat(catalogue(language)).contains(faultKeys());
    }

    @Test
    void offers_every_action_to_filter_by() throws IOException {
        var offered = Files.readString(CONSOLE.resolve("screens/audit/words.ts"));

        assertThat(offered).contains(keys("", Action.values(), Action::code));
    }

    /// The keys of faults, from the sources of the rooms that find them.
    private static List<String> faultKeys() throws IOException {
        var keys = new TreeSet<String>();
        for (var room : List.of("register", "access", "server")) {
            try (var sources = Files.walk(Path.of("..", room, "src", "main", "java"))) {
                for (var source : sources.filter(Files::isRegularFile).toList()) {
                    FAULT_KEY
                            .matcher(Files.readString(source))
                            .results()
                            .forEach(found -> keys.add("'wrong." + found.group(1) + "'"));
                }
            }
        }
        return List.copyOf(keys);
    }

    private static String catalogue(String language) throws IOException {
        return Files.readString(CONSOLE.resolve("i18n").resolve(language + ".ts"));
    }

    private static <E> List<String> keys(String prefix, E[] all, Function<E, String> code) {
        return Arrays.stream(all).map(each -> "'" + prefix + code.apply(each) + "'").toList();
    }
}
