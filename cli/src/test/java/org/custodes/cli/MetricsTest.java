package org.custodes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.custodes.access.Template;
import org.custodes.simulator.CameraSettings;
import org.custodes.simulator.Clip;
import org.custodes.simulator.DemoFootage;
import org.custodes.simulator.FrameLog;
import org.custodes.simulator.SimulatedCameras;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The figures of a whole recorder, held against what its cameras say that they sent.
@Timeout(120)
class MetricsTest {
    private static final int ENOUGH = 60;

    @Test
    void a_scrape_tells_of_each_camera_the_very_frames_that_it_sent(@TempDir Path folder) {
        var clip = Clip.ofMp4(DemoFootage.small(folder).main());
        try (var cameras =
                        SimulatedCameras.listen(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                var house = ServedHouse.open(folder)) {
            var first = cameras.add("first", clip, CameraSettings.usual());
            var second = cameras.add("second", clip, CameraSettings.usual());
            var one = add(house, "First", first.uri().toString());
            var two = add(house, "Second", second.uri().toString());

            var text = house.metrics();
            while (frames(text, one) < ENOUGH
                    || frames(text, two) < ENOUGH
                    || !text.contains("custodes_camera_disk_delay_seconds{camera=\"" + one)) {
                Thread.onSpinWait();
                text = house.metrics();
            }

            assertSent(first.log(), text, one);
            assertSent(second.log(), text, two);
            assertThat(value(text, "custodes_camera_connections_total", one)).isEqualTo(1);
            assertThat(value(text, "custodes_camera_packets_lost_total", one)).isZero();
            assertThat(value(text, "custodes_camera_streaming", two)).isEqualTo(1);
            assertThat(text)
                    .contains(
                            "quantile=\"0.99\"} ",
                            "custodes_volume_sync_age_seconds{",
                            "process_open_fds ")
                    .doesNotContain("First", "Second");
        }
    }

    /// Somewhere in the camera's log stand so many frames in a row of so many bytes together.
    private static void assertSent(FrameLog log, String text, String camera) {
        var frames = Math.toIntExact(frames(text, camera));
        var bytes = value(text, "custodes_camera_bytes_total", camera);
        var sizes = log.frames().stream().map(sent -> (long) sent.unit().data().length()).toList();
        var isThere = false;
        for (var from = 0; from + frames <= sizes.size(); from++) {
            var sum = sizes.subList(from, from + frames).stream().mapToLong(size -> size).sum();
            isThere |= sum == bytes;
        }
        assertThat(isThere).as("%d frames of %d bytes", frames, bytes).isTrue();
    }

    private static String add(ServedHouse house, String name, String address) {
        var wanted =
                Map.of("name", name, "address", address, "purpose", "a test", "view", "indoor");
        return house.browserOf(Template.SYSTEM_ADMINISTRATOR)
                .post("/api/v1/cameras", wanted)
                .path("id")
                .asString();
    }

    private static long frames(String text, String camera) {
        return value(text, "custodes_camera_frames_total", camera);
    }

    private static long value(String text, String metric, String camera) {
        var sample =
                Pattern.compile(
                        Pattern.quote(metric + "{camera=\"" + camera + "\"")
                                + "[^}]*} ([0-9]+)\\n");
        var found = sample.matcher(text);
        return found.find() ? Long.parseLong(found.group(1)) : 0;
    }
}
