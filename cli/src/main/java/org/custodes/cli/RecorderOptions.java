package org.custodes.cli;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.custodes.vault.RootKey;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// The options that every command which opens a data folder shares.
final class RecorderOptions {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The data folder. Default: a folder of this user, of the system for root")
    private @Nullable Path data;

    @Option(
            names = "--root-key",
            paramLabel = "FILE",
            description =
                    "The file of the root key, outside of the data folder. Default: in the"
                            + " configuration folder")
    private @Nullable Path rootKey;

    @Option(
            names = "--passphrase",
            description = "The root key comes from a passphrase, asked for at every start.")
    private boolean passphrase;

    @Option(
            names = "--key-copy",
            paramLabel = "DIR",
            description =
                    "Keep another copy of the key store here, best on another disk; can be given"
                            + " several times. Without keys no footage opens.")
    private List<Path> keyCopies = new ArrayList<>();

    @Option(
            names = "--volume",
            paramLabel = "DIR",
            description =
                    "Keep footage here too, best on a disk of its own; can be given several times.")
    private List<Path> volumes = new ArrayList<>();

    /// The places of the key store beside the data folder's own.
    List<Path> keyCopies() {
        return keyCopies.stream().map(RecorderOptions::plain).toList();
    }

    /// The volumes beside the data folder's own.
    List<Path> volumes() {
        return volumes.stream().map(RecorderOptions::plain).toList();
    }

    private static Path plain(Path path) {
        return path.toAbsolutePath().normalize();
    }

    /// The data folder asked for, or this one.
    Path dataOr(Path otherwise) {
        return data == null ? otherwise : plain(data);
    }

    /// The root key of this data folder. Each data folder has a key of its own, named by its place, so
    /// that two recorders on one machine never share one.
    RootKey rootKeyOf(Path dataFolder, Folders folders) {
        if (passphrase) {
            return RootKey.passphrase(askedPassphrase());
        }
        if (rootKey != null) {
            return RootKey.file(plain(rootKey));
        }
        var name = dataFolder.toString().replaceAll("[^A-Za-z0-9]+", "-").replaceAll("^-|-$", "");
        return RootKey.file(folders.configuration().resolve("root-keys").resolve(name + ".key"));
    }

    private static char[] askedPassphrase() {
        return ApiCommand.askPassword("Passphrase of the key store: ")
                .orElseThrow(() ->
                        new CannotStartException(
                                "The key store needs its passphrase, and nobody is there to type it. Start from a terminal, or keep the root key in a file (--root-key FILE)."))
                .toCharArray();
    }

    static void checkPort(@Nullable CommandSpec spec, String option, int port) {
        if (port < 0 || port > 65_535) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    "%s is a port, 0 to 65535, but is %d".formatted(option, port));
        }
    }

    /// The address to listen on.
    static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new CannotStartException(
                    "Cannot listen on %s: no such address on this machine.".formatted(text), e);
        }
    }
}
