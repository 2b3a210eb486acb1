package org.custodes.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.custodes.media.CameraId;
import org.custodes.media.GapCause;
import org.custodes.register.Camera;
import org.custodes.register.CameraLink;
import org.custodes.register.Stream;
import org.custodes.register.StreamRole;
import org.custodes.register.View;
import org.custodes.signals.Alarm;
import org.custodes.signals.Signals;
import org.junit.jupiter.api.Test;

/// Which alarm a camera's state raises, and what ends it.
class CameraAlarmsTest {
    private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");
    private static final Stream STREAM = new Stream(0, StreamRole.RECORD, "/0");
    private static final Camera CAMERA =
            new Camera(
                    new CameraId(UUID.fromString("22222222-2222-4222-8222-222222222222")),
                    UUID.fromString("33333333-3333-4333-8333-333333333333"),
                    UUID.fromString("44444444-4444-4444-8444-444444444444"),
                    "Lobby",
                    1,
                    "burglary at night",
                    View.INDOOR,
                    Duration.ofDays(3),
                    List.of(STREAM),
                    CameraLink.USUAL,
                    false,
                    false,
                    false,
                    0,
                    0,
                    Instant.EPOCH,
                    Optional.empty());

    private final Signals signals = new Signals();
    private Instant now = NOON;
    private final CameraAlarms alarms = new CameraAlarms(signals, () -> now);

    @Test
    void each_kind_of_trouble_has_its_alarm_and_takes_the_place_of_the_one_before() {
        tell(new RunState.BackingOff(now, GapCause.CAMERA_UNREACHABLE, "No connection.", now));
        assertStanding("camera.away");

        tell(new RunState.Refused(now, "It refuses it.", now, RunState.Why.PASSWORD));
        assertStanding("camera.password");

        tell(new RunState.Refused(now, "No such stream.", now, RunState.Why.OTHER));
        assertStanding("camera.refused");

        tell(new RunState.Stalled(now, now));
        assertStanding("camera.silent");

        tell(new RunState.CertificateChanged(now, "ab".repeat(32), "Another one.", now));
        assertStanding("camera.certificate");

        tell(new RunState.Barred(now, "In the clear.", "Encrypt it."));
        assertStanding("camera.encryption");
        assertThat(signals.standing().getFirst().nextStep()).isEqualTo("Encrypt it.");
    }

    @Test
    void pictures_that_arrive_again_end_it_and_calling_does_not() {
        tell(new RunState.Stalled(now, now));

        tell(new RunState.Connecting(now));
        assertStanding("camera.silent");

        tell(new RunState.Streaming(now, Optional.empty(), Optional.empty()));
        assertThat(signals.standing()).isEmpty();
    }

    @Test
    void a_fault_of_our_own_is_not_put_down_to_the_camera() {
        tell(new RunState.BackingOff(now, GapCause.KEY_STORE_UNAVAILABLE, "Keys.", now));

        assertThat(signals.standing()).isEmpty();
    }

    @Test
    void loss_is_told_after_a_minute_with_losses_and_is_over_after_three_without() {
        lose(0);
        after(Duration.ofMinutes(1));
        lose(7);
        assertStanding("camera.frames-lost");
        assertThat(signals.standing().getFirst().cause()).startsWith("7 packets or pictures");

        for (var quiet = 0; quiet < 2; quiet++) {
            after(Duration.ofMinutes(1));
            lose(7);
            assertStanding("camera.frames-lost");
        }
        after(Duration.ofMinutes(1));
        lose(7);
        assertThat(signals.standing()).isEmpty();
    }

    @Test
    void a_step_of_the_clock_is_told_for_half_an_hour_after_the_last_one() {
        alarms.clockStepped(NOON, NOON.plusSeconds(90));
        assertStanding("clock.stepped");
        assertThat(signals.standing().getFirst().cause()).contains("90.0 s");

        after(Duration.ofMinutes(20));
        alarms.clockStepped(NOON.plusSeconds(90), NOON);
        after(Duration.ofMinutes(29));
        alarms.endOldSteps();
        assertStanding("clock.stepped");

        after(Duration.ofMinutes(1));
        alarms.endOldSteps();
        assertThat(signals.standing()).isEmpty();
    }

    private void tell(RunState state) {
        alarms.told(CAMERA, STREAM, state);
    }

    private void lose(long packets) {
        alarms.lookForLoss(
                CAMERA, Map.of(0, new StreamFigures(0, 0, 0, packets, 0, 1, Optional.empty())));
    }

    private void after(Duration time) {
        now = now.plus(time);
    }

    private void assertStanding(String kind) {
        assertThat(signals.standing()).extracting(Alarm::kind).containsExactly(kind);
        assertThat(signals.standing().getFirst().cause()).isNotBlank();
        assertThat(signals.standing().getFirst().nextStep()).isNotBlank();
    }
}
