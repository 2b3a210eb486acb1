package org.custodes.simulator;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/// Lets another process on this machine call the fault verbs: one line in, one line out, on a loopback
/// port.
///
/// | line | does |
/// |---|---|
/// | `drop PATH N` | the next N packets are lost |
/// | `rate PATH P SEED` | every packet is lost with probability P |
/// | `late PATH N M` | the next N packets come behind M others |
/// | `swap PATH N`, `duplicate PATH N` | the next N pairs are swapped, packets sent twice |
/// | `mute PATH MILLIS` | sends nothing for so long |
/// | `reset PATH`, `close PATH` | ends the connections by RST, by FIN |
/// | `clock PATH MILLIS` | its wall clock jumps by so much |
/// | `ticks PATH MILLIS` | the timestamps of its packets jump by so much |
/// | `show PATH N` | shows the N-th of the clips that the control was given, from the next frame on |
/// | `clients PATH` | answers how many are watching |
/// | `frames PATH` | answers how many frames were sent, and the last one's wall time in microseconds |
/// | `other-tracks PATH` | answers whether audio or metadata were ever set up |
///
/// The answer is `ok`, `ok` and what was asked, or `error` and why.
public final class SimulatorControl implements AutoCloseable {
    private static final int LONGEST_LINE = 1024;

    private final ServerSocket server;
    private final SimulatedCameras cameras;
    private final List<Clip> clips;

    private SimulatorControl(ServerSocket server, SimulatedCameras cameras, List<Clip> clips) {
        this.server = server;
        this.cameras = cameras;
        this.clips = List.copyOf(clips);
    }

    /// Listens on this port of the loopback address; 0 takes a free one.
    public static SimulatorControl listen(int port, SimulatedCameras cameras) {
        return listen(port, cameras, List.of());
    }

    /// As above, with clips that the verb `show` knows by their place in the list, from 1 on.
    public static SimulatorControl listen(int port, SimulatedCameras cameras, List<Clip> clips) {
        try {
            var server = new ServerSocket(port, 16, InetAddress.getLoopbackAddress());
            var control = new SimulatorControl(server, cameras, clips);
            Thread.ofVirtual().name("simulator control").start(control::serve);
            return control;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The simulator's control cannot listen on port %d. Choose another port"
                            .formatted(port),
                    e);
        }
    }

    /// Says one line to the control of another process and returns its answer without the `ok`.
    ///
    /// @throws IllegalStateException if it answers with an error
    public static String say(int port, String line) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            var answer = reader(socket).readLine();
            if (answer == null || !answer.startsWith("ok")) {
                throw new IllegalStateException(
                        "The simulator answered \"%s\" to \"%s\"".formatted(answer, line));
            }
            return answer.substring(2).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The simulator's control at port %d does not answer".formatted(port), e);
        }
    }

    public int port() {
        return server.getLocalPort();
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                Thread.ofVirtual().start(() -> answerAll(socket));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void answerAll(Socket socket) {
        try (socket) {
            var lines = reader(socket);
            for (var line = readLine(lines); !line.isEmpty(); line = readLine(lines)) {
                var answer = answer(line) + "\n";
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            // The other process went away: nobody is left to be told.
        }
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    /// Empty at the end, and when a line is longer than any verb needs.
    private static String readLine(BufferedReader from) throws IOException {
        var line = new StringBuilder();
        for (int c = from.read(); c >= 0 && c != '\n'; c = from.read()) {
            if (line.length() == LONGEST_LINE) {
                return "";
            }
            line.append((char) c);
        }
        return line.toString().strip();
    }

    private String answer(String line) {
        try {
            var words = List.of(line.split(" +", -1));
            var path = word(words, 1);
            var camera =
                    cameras.camera(path)
                            .orElseThrow(
                                    () -> new IllegalArgumentException("no camera at " + path));
            return ("ok " + obey(words, camera)).strip();
        } catch (IllegalArgumentException | IllegalStateException e) {
            return "error " + e.getMessage();
        }
    }

    private String obey(List<String> words, SimulatedCamera camera) {
        switch (words.getFirst()) {
            case "drop" -> camera.drop(Integer.parseInt(word(words, 2)));
            case "rate" ->
                    camera.dropRate(
                            Double.parseDouble(word(words, 2)), Long.parseLong(word(words, 3)));
            case "swap" -> camera.swap(Integer.parseInt(word(words, 2)));
            case "late" ->
                    camera.late(Integer.parseInt(word(words, 2)), Integer.parseInt(word(words, 3)));
            case "duplicate" -> camera.duplicate(Integer.parseInt(word(words, 2)));
            case "mute" -> camera.mute(Duration.ofMillis(Long.parseLong(word(words, 2))));
            case "reset" -> camera.reset();
            case "close" -> camera.hangUp();
            case "clock" -> camera.stepClock(Duration.ofMillis(Long.parseLong(word(words, 2))));
            case "ticks" ->
                    camera.stepMediaClock(Duration.ofMillis(Long.parseLong(word(words, 2))));
            case "show" -> camera.show(clip(Integer.parseInt(word(words, 2))));
            case "clients" -> {
                return Integer.toString(camera.clients());
            }
            case "frames" -> {
                return camera.log().last().map(SimulatorControl::told).orElse("0 0");
            }
            case "other-tracks" -> {
                return Boolean.toString(camera.audioWasSetUp());
            }
            default -> throw new IllegalArgumentException("no verb " + words.getFirst());
        }
        return "";
    }

    private Clip clip(int number) {
        if (number < 1 || number > clips.size()) {
            throw new IllegalArgumentException(
                    "there are %d clips, and none is number %d".formatted(clips.size(), number));
        }
        return clips.get(number - 1);
    }

    private static String told(FrameLog.Sent sent) {
        return "%d %d".formatted(sent.number() + 1, sent.wallMicros());
    }

    private static String word(List<String> words, int index) {
        if (index >= words.size()) {
            throw new IllegalArgumentException(
                    "%s needs %d words".formatted(words.getFirst(), index));
        }
        return words.get(index);
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException("The simulator's control cannot be closed", e);
        }
    }
}
