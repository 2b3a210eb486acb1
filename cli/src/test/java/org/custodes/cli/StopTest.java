package org.custodes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.custodes.access.Template;
import org.custodes.simulator.CameraSettings;
import org.custodes.simulator.Clip;
import org.custodes.simulator.DemoFootage;
import org.custodes.simulator.SimulatedCameras;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A whole recorder that is asked to stop.
@Timeout(120)
class StopTest {
    @Test
    void a_stop_in_order_ends_and_seals_every_pack(@TempDir Path folder) throws IOException {
        var clip = Clip.ofMp4(DemoFootage.small(folder).main());
        try (var cameras =
                SimulatedCameras.listen(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            var camera = cameras.add("one", clip, CameraSettings.usual());
            try (var house = ServedHouse.open(folder)) {
                var wanted =
                        Map.of(
                                "name", "One",
                                "address", camera.uri().toString(),
                                "purpose", "a test",
                                "view", "indoor");
                var _ =
                        house.browserOf(Template.SYSTEM_ADMINISTRATOR)
                                .post("/api/v1/cameras", wanted);
                while (!house.metrics().contains("custodes_camera_disk_delay_seconds{")) {
                    Thread.onSpinWait();
                }
            }
        }

        var data = folder.resolve("data");
        try (var names = Files.list(data.resolve("media").resolve("open"));
                var recording = Recording.open(data, folder.resolve("root.key"))) {
            assertThat(names).isEmpty();
            var report = recording.check();
            assertThat(report.findings()).isEmpty();
            assertThat(report.packs()).isPositive();
            assertThat(report.opened()).isEqualTo(report.records());
        }
    }
}
