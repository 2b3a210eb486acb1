package org.custodes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.custodes.access.Role;
import org.custodes.audit.Action;
import org.custodes.capture.CameraTest;
import org.custodes.media.GapCause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The console has a word in every language for every word that the server sends.
class ConsoleWordsTest {
    private static final Path CONSOLE = Path.of("../console/src");

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void has_a_word_for_every_action_of_the_log(String language) throws IOException {
        assertThat(catalogue(language)).contains(keys("act.", Action.values(), Action::code));
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void has_a_word_for_every_role_and_every_gap(String language) throws IOException {
        assertThat(catalogue(language)).contains(keys("role.", Role.values(), Role::code));
        assertThat(catalogue(language)).contains(keys("cause.", GapCause.values(), GapCause::code));
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

    @Test
    void offers_every_action_to_filter_by() throws IOException {
        var offered = Files.readString(CONSOLE.resolve("screens/audit/words.ts"));

        assertThat(offered).contains(keys("", Action.values(), Action::code));
    }

    private static String catalogue(String language) throws IOException {
        return Files.readString(CONSOLE.resolve("i18n").resolve(language + ".ts"));
    }

    private static <E> List<String> keys(String prefix, E[] all, Function<E, String> code) {
        return Arrays.stream(all).map(each -> "'" + prefix + code.apply(each) + "'").toList();
    }
}
