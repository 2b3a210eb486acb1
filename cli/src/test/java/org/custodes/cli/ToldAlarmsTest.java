package org.custodes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.custodes.cli.ToldAlarms.Episode;
import org.custodes.signals.AlarmKind;
import org.junit.jupiter.api.Test;

/// What proves that a recorder told of a fault, and what does not.
class ToldAlarmsTest {
    private static final Episode LONE_KEY_STORE = new Episode(1, "key-store.single", 1, false);
    private static final Episode FAILED_ONCE = new Episode(2, "volume.failed", 1, false);

    @Test
    void an_alarm_that_stood_before_a_fault_says_nothing_of_it() {
        var before = new ToldAlarms(Set.of(LONE_KEY_STORE, FAILED_ONCE));

        assertThat(before.since(before)).isEmpty();
    }

    @Test
    void an_alarm_that_came_or_came_again_does() {
        var before = new ToldAlarms(Set.of(LONE_KEY_STORE, FAILED_ONCE));
        var after =
                new ToldAlarms(
                        Set.of(
                                LONE_KEY_STORE,
                                new Episode(2, "volume.failed", 2, false),
                                new Episode(3, "volume.full", 1, false)));

        assertThat(after.since(before))
                .containsExactlyInAnyOrder(AlarmKind.VOLUME_FAILED, AlarmKind.VOLUME_FULL);
    }

    @Test
    void so_does_one_that_stood_at_a_kill_and_is_found_again() {
        var before = new ToldAlarms(Set.of(new Episode(2, "volume.failed", 1, true)));
        var after = new ToldAlarms(Set.of(new Episode(2, "volume.failed", 1, false)));

        assertThat(after.since(before)).containsExactly(AlarmKind.VOLUME_FAILED);
        assertThat(before.since(before)).isEmpty();
        assertThat(before.since(after)).isEmpty();
    }

    @Test
    void only_the_alarm_that_fits_is_asked_of_a_disk_that_fails_and_none_of_one_that_is_slow() {
        assertThat(ChaosVerb.SYNC_FAILS.alarm()).contains(AlarmKind.VOLUME_FAILED);
        assertThat(ChaosVerb.DISK_FULL.alarm()).contains(AlarmKind.VOLUME_FULL);
        assertThat(ChaosVerb.DISK_SLOW.alarm()).isEmpty();
        for (var verb : ChaosVerb.values()) {
            assertThat(verb.needsStrace() || verb.alarm().isEmpty()).isTrue();
        }
    }

    @Test
    void a_call_that_failed_is_known_by_its_file_also_if_its_line_was_cut_in_two() {
        var log =
                List.of(
                        "11 pwrite64(87</x/media/packs/a>, \"..\", 10, 0) = 10",
                        "12 pwrite64(9</x/keys/root>, \"..\", 10, 0 <unfinished ...>",
                        "11 pwrite64(87</x/media/packs/a>, \"..\", 10, 10) = -1 EIO (Input/output error) (INJECTED)",
                        "12 <... pwrite64 resumed>) = -1 EIO (Input/output error) (INJECTED)",
                        "11 syncfs(5</x/media>) = 0 (DELAYED)");

        assertThat(FailingCalls.injectedFiles(log))
                .containsExactly("/x/media/packs/a", "/x/keys/root", "/x/media");
    }
}
