package org.custodes.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What a program and those that it started listen on, as the kernel tells it (proc(5)).
final class Listeners {
    private static final Path PROC = Path.of("/proc");

    /// The state LISTEN of `/proc/net/tcp`.
    private static final String LISTEN = "0A";

    /// One that listens.
    ///
    /// @param program what its process is called
    record Listener(InetSocketAddress at, String program) {}

    private Listeners() {}

    static List<Listener> of(ProcessHandle program) throws IOException {
        var owners = new HashMap<String, String>();
        for (var process : Stream.concat(Stream.of(program), program.descendants()).toList()) {
            sockets(process.pid(), owners);
        }
        var found = new ArrayList<Listener>();
        for (var table : List.of("tcp", "tcp6")) {
            var lines = Files.readAllLines(PROC.resolve("net").resolve(table));
            for (var line : lines.subList(1, lines.size())) {
                var words = line.strip().split("\\s+", -1);
                var owner = owners.get(words[9]);
                if (words[3].equals(LISTEN) && owner != null) {
                    found.add(new Listener(address(words[1]), owner));
                }
            }
        }
        return List.copyOf(found);
    }

    /// The number of each socket that a process has open.
    private static void sockets(long pid, Map<String, String> owners) throws IOException {
        var folder = PROC.resolve(Long.toString(pid));
        var name = Files.readString(folder.resolve("comm")).strip();
        try (var open = Files.list(folder.resolve("fd"))) {
            for (var one : open.toList()) {
                var target = Files.exists(one) ? Files.readSymbolicLink(one).toString() : "";
                if (target.startsWith("socket:[")) {
                    owners.putIfAbsent(target.substring(8, target.length() - 1), name);
                }
            }
        }
    }

    /// Four bytes at a time stand there as a number of the machine, which is little-endian.
    private static InetSocketAddress address(String text) throws UnknownHostException {
        var parts = text.split(":", -1);
        var words = HexFormat.of().parseHex(parts[0]);
        var bytes = new byte[words.length];
        for (var i = 0; i < words.length; i++) {
            bytes[i] = words[i / 4 * 4 + 3 - i % 4];
        }
        return new InetSocketAddress(
                InetAddress.getByAddress(bytes), Integer.parseInt(parts[1], 16));
    }
}
