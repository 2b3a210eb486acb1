package org.custodes.vault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import javax.crypto.AEADBadTagException;

/// A root key in a file of one line of text, `custodes-root-key-v1 <64 hex digits>`, so that it can be
/// printed and kept in a safe.
final class FileRootKey extends RootKey {
    private static final String WORD = "custodes-root-key-v1 ";
    private static final Pattern LINE = Pattern.compile(WORD + "([0-9a-f]{64})\\R?");
    private static final int MAX_BYTES = 256;
    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rw-------");

    private final Disk disk = new Disk();
    private final Path file;
    private final Path folder;
    private final HeldRootKey held = new HeldRootKey();

    FileRootKey(Path file) {
        this.file = file.toAbsolutePath();
        this.folder = Objects.requireNonNull(this.file.getParent(), "A root key lies in a folder");
    }

    @Override
    int kind() {
        return 1;
    }

    @Override
    String told() {
        return "the root key file %s".formatted(file);
    }

    @Override
    byte[] create(SecureRandom random) {
        if (Files.notExists(file)) {
            write(random);
        }
        unlock(new byte[0]);
        return new byte[0];
    }

    /// Appears whole or not at all: written aside, synced, renamed, its folder synced, and before it
    /// every folder above that had to be made. No key store is wrapped with it before that, so a crash
    /// in between loses nothing.
    private void write(SecureRandom random) {
        var key = new byte[HeldRootKey.BYTES];
        random.nextBytes(key);
        var line = WORD + HexFormat.of().formatHex(key) + "\n";
        var aside = file.resolveSibling(file.getFileName() + ".new");
        try {
            disk.makeFolder(folder);
            Files.deleteIfExists(aside);
            Files.createFile(aside, ownerOnly());
            Files.writeString(aside, line, StandardOpenOption.SYNC, StandardOpenOption.WRITE);
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
            disk.syncFolder(folder);
        } catch (IOException e) {
            throw new RootKeyException(
                    "The root key file %s could not be made. Name a place that may be written with --root-key."
                            .formatted(file),
                    e);
        }
    }

    private FileAttribute<?>[] ownerOnly() throws IOException {
        return knowsOwners(folder)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
    }

    private static boolean knowsOwners(Path path) throws IOException {
        return Files.getFileStore(path).supportsFileAttributeView("posix");
    }

    @Override
    void unlock(byte[] parameters) {
        if (Files.notExists(file)) {
            throw new RootKeyException(
                    ("The root key file %s is missing, and nothing that was recorded can be opened"
                                    + " without it. Put it back from its safe copy, or name where it lies with"
                                    + " --root-key.")
                            .formatted(file));
        }
        try {
            checkOwnerOnly();
            held.hold(parse(read()));
        } catch (IOException e) {
            throw new RootKeyException(
                    "The root key file %s cannot be read. Make it readable for the user that runs this program."
                            .formatted(file),
                    e);
        }
    }

    private String read() throws IOException {
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MAX_BYTES), StandardCharsets.US_ASCII);
        }
    }

    private byte[] parse(String text) {
        var line = LINE.matcher(text);
        if (!line.matches()) {
            throw new RootKeyException(
                    ("%s is not a root key file: that is one line, \"%s\" and 64 hex digits. Put it back"
                                    + " from its safe copy, or name the right one with --root-key.")
                            .formatted(file, WORD));
        }
        return HexFormat.of().parseHex(line.group(1));
    }

    private void checkOwnerOnly() throws IOException {
        if (!knowsOwners(file)) {
            return;
        }
        var others = EnumSet.copyOf(Files.getPosixFilePermissions(file));
        others.removeAll(OWNER_ONLY);
        others.remove(PosixFilePermission.OWNER_EXECUTE);
        if (!others.isEmpty()) {
            throw new RootKeyException(
                    "The root key file %s is open to others (%s). Run: chmod 600 %s"
                            .formatted(file, others, file));
        }
    }

    @Override
    byte[] wrap(byte[] key, byte[] context, SecureRandom random) {
        return held.wrap(key, context, random);
    }

    @Override
    byte[] unwrap(byte[] wrapped, byte[] context) throws AEADBadTagException {
        return held.unwrap(wrapped, context);
    }

    /// The file serves every epoch: what dies is the wrapped key, overwritten in the root file.
    @Override
    void rotate(long epoch) {}

    @Override
    void destroyBefore(long epoch) {}

    @Override
    String attest() {
        return "Root key in a file. "
                + HeldRootKey.attest("the root key file", "has the root key file");
    }

    @Override
    void forget() {
        held.forget();
    }
}
