package org.custodes.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.channels.ServerSocketChannel;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// An RTSP server full of cameras that are not there. It listens from [#listen] until [#close()]; each
/// camera begins when it is added. One thread does all of it: 100 clients at 4 Mbit/s take well under
/// half a core.
public final class SimulatedCameras implements AutoCloseable {
    private static final double GOLDEN = 0.618_033_988_749_895;

    private final String host;
    private final int port;
    private final Loop loop;
    private final InstantSource clock;

    private SimulatedCameras(String host, int port, Loop loop, InstantSource clock) {
        this.host = host;
        this.port = port;
        this.loop = loop;
        this.clock = clock;
    }

    /// Listens on this address; port 0 takes a free one.
    ///
    /// @throws UncheckedIOException if the address cannot be had
    public static SimulatedCameras listen(InetSocketAddress address) {
        return listen(address, InstantSource.system(), new SecureRandom());
    }

    /// As above, with the clock that frame log and sender reports go by, and the source of session
    /// names, nonces, and the numbers that streams begin with.
    public static SimulatedCameras listen(
            InetSocketAddress address, InstantSource clock, RandomGenerator random) {
        try {
            var server = ServerSocketChannel.open();
            try {
                server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
                server.bind(address, 1024);
                var bound = (InetSocketAddress) server.getLocalAddress();
                var loop = new Loop(server, random);
                loop.start();
                return new SimulatedCameras(hostOf(bound), bound.getPort(), loop, clock);
            } catch (IOException e) {
                server.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Simulated cameras cannot listen on %s: %s. Choose another port"
                            .formatted(address, e.getMessage()),
                    e);
        }
    }

    private static String hostOf(InetSocketAddress bound) {
        if (bound.getAddress().isAnyLocalAddress()) {
            return "127.0.0.1";
        }
        var literal = bound.getAddress().getHostAddress();
        return literal.contains(":") ? "[" + literal + "]" : literal;
    }

    /// Adds a camera that begins at once. Cameras are set off a part of a frame against each other, as
    /// real ones are.
    ///
    /// @param path letters, digits, `.`, `_`, `-` and `/` inside; not taken yet
    public SimulatedCamera add(String path, Clip clip, CameraSettings settings) {
        if (!path.matches("[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*")) {
            throw new IllegalArgumentException(
                    "A camera's path has letters, digits and . _ - with single slashes between, but"
                            + " got \"%s\"".formatted(path));
        }
        if (camera(path).isPresent()) {
            throw new IllegalArgumentException("There is a camera at %s already".formatted(path));
        }
        double part = loop.cameraCount() * GOLDEN % 1.0;
        long phase = (long) (part * 1e9 / clip.fps());
        var uri = URI.create(String.format(Locale.ROOT, "rtsp://%s:%d/%s", host, port, path));
        var camera = new SimulatedCamera(uri, clip, settings, loop, clock, loop.nanoTime() + phase);
        loop.add(camera);
        return camera;
    }

    /// The camera at that path.
    public Optional<SimulatedCamera> camera(String path) {
        return loop.ask(() -> loop.camera(path));
    }

    public List<SimulatedCamera> cameras() {
        return loop.ask(loop::all);
    }

    /// The port it listens on.
    public int port() {
        return port;
    }

    /// Hangs up on everybody and stops listening.
    @Override
    public void close() {
        loop.close();
    }
}
