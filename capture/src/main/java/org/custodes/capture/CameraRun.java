package org.custodes.capture;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.custodes.register.Camera;
import org.custodes.rtsp.CertificatePin;

/// One camera in the recorder: a [StreamRun] for each of its streams, each on a thread of its own.
///
/// Platform threads: reading through virtual ones costs twice the processor time (measured, see
/// `docs/design/capture.md`).
final class CameraRun {
    private final Camera camera;
    private final Map<Integer, StreamRun> streams = new TreeMap<>();
    private final List<Thread> threads;

    /// @param inTurns without threads: it does something when it is given a [#turn]
    CameraRun(Camera camera, List<Map.Entry<Integer, StreamRun>> runs, boolean inTurns) {
        this.camera = camera;
        runs.forEach(run -> streams.put(run.getKey(), run.getValue()));
        this.threads =
                streams.entrySet().stream()
                        .filter(_ -> !inTurns)
                        .map(run ->
                                Thread.ofPlatform()
                                        .name("run-%s-%d".formatted(camera.id(), run.getKey()))
                                        .daemon()
                                        .unstarted(run.getValue()))
                        .toList();
    }

    Camera camera() {
        return camera;
    }

    Map<Integer, RunState> states() {
        var states = new TreeMap<Integer, RunState>();
        streams.forEach((number, run) -> states.put(number, run.state()));
        return states;
    }

    Map<Integer, StreamFigures> figures() {
        var figures = new TreeMap<Integer, StreamFigures>();
        streams.forEach((number, run) -> figures.put(number, run.figures()));
        return figures;
    }

    void start() {
        threads.forEach(Thread::start);
    }

    /// Does what is due, for a run without threads.
    void turn() {
        streams.values().forEach(StreamRun::turn);
    }

    /// Its device is known by this certificate from now on.
    void knownBy(CertificatePin pinned) {
        streams.values().forEach(stream -> stream.knownBy(pinned));
    }

    /// Looks anew whether it may be called.
    void reconsider() {
        streams.values().forEach(StreamRun::reconsider);
    }

    void stop() {
        streams.values().forEach(StreamRun::stop);
    }

    /// Waits until the run's packs are ended.
    void join() throws InterruptedException {
        if (threads.isEmpty()) {
            streams.values().forEach(StreamRun::end);
        }
        for (var thread : threads) {
            thread.join();
        }
    }
}
