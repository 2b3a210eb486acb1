package org.custodes.cli;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.custodes.vault.KeyName;
import org.custodes.vault.Vault;

/// A performance before nobody: what a first visitor asks of the server, asked by this program itself.
///
/// The launcher runs it once after a build, with the JVM writing down which classes were loaded and
/// which methods were hot (JEP 483, JEP 515). Starts after that read them from that file.
final class Rehearsal {
    private static final int FRAMES = 4_000;
    private static final int FRAME_OF_A_REAL_CAMERA = 20_000;
    private static final int SEALED = 10_000;
    private static final byte[] NOTHING = {};
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final List<String> PAGES =
            List.of("/api/v1/server", "/api/v1/me", "/api/v1/sites", "/api/v1/walls");

    private Rehearsal() {}

    /// Frames of real cameras are ten times as large as drawn ones, and large ones go through methods of
    /// the cipher of their own.
    static void sealLargeFrames(Vault vault) {
        var name = new KeyName("rehearsal", "frames");
        var box = vault.box(name);
        var frame = new byte[FRAME_OF_A_REAL_CAMERA];
        for (var number = 0; number < SEALED; number++) {
            var _ = box.seal(frame, NOTHING);
        }
        vault.destroy(name);
    }

    /// Signs in and watches every camera for thousands of frames in all, so that the JVM learns which methods are hot.
    static void at(URI server, String authority, String signInToken) throws InterruptedException {
        var operator = BenchPerson.signIn(server, authority, signInToken);
        try (var client = operator.client()) {
            PAGES.forEach(client::get);
            var cameras = new ArrayList<String>();
            for (var camera : client.get("/api/v1/cameras").path("items")) {
                cameras.add(camera.path("id").asString());
            }
            watch(server, authority, operator, cameras);
        }
    }

    private static void watch(
            URI server, String authority, BenchPerson operator, List<String> cameras)
            throws InterruptedException {
        var frames = new CountDownLatch(FRAMES);
        try (var media =
                MediaClient.connect(server, authority, operator, _ -> frames.countDown())) {
            for (var channel = 0; channel < cameras.size(); channel++) {
                media.live(channel + 1, cameras.get(channel));
            }
            if (!frames.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new CannotStartException(
                        "A rehearsal saw %d of %d frames within %s."
                                .formatted(FRAMES - frames.getCount(), FRAMES, PATIENCE));
            }
        }
    }
}
