package org.custodes.vault;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.UUID;
import javax.crypto.AEADBadTagException;

/// The frame around every page of the key store: a header in clear, then the sealed rows.
/// `docs/formats/keystore.md` gives the bytes.
final class Page {
    static final int INDEX_KIND = 0;
    static final byte[] INDEX_POSITION = {};

    static final int HEADER_BYTES = 40;

    /// Bounds what a damaged or forged page can make us read: 64 MiB.
    static final int MAX_BYTES = 64 * 1024 * 1024;

    private static final byte[] MAGIC = Ascii.of("CUSTPAGE");
    private static final int VERSION = 1;
    private static final int EPOCH_AT = 16;

    private Page() {}

    /// A page's bytes under a key that seals nothing else.
    static byte[] seal(
            byte[] freshKey,
            int kind,
            byte[] position,
            long epoch,
            UUID installation,
            byte[] rows) {
        if (rows.length > MAX_BYTES - HEADER_BYTES - OneTime.TAG_BYTES) {
            throw new KeyStoreUnavailableException(
                    "A page of the key store would have %d bytes, and %d is the most"
                            .formatted(rows.length, MAX_BYTES));
        }
        var header =
                ByteBuffer.allocate(HEADER_BYTES)
                        .put(MAGIC)
                        .putShort((short) VERSION)
                        .putShort((short) kind)
                        .putInt(rows.length)
                        .putLong(epoch)
                        .put(Uuids.bytes(installation))
                        .array();
        var sealed = OneTime.seal(freshKey, joined(header, position), rows);
        return joined(header, sealed);
    }

    /// The rows of a page; the caller wipes them.
    ///
    /// @throws AEADBadTagException if it is not the page that was written there in that epoch
    static byte[] open(
            byte[] key, int kind, byte[] position, long epoch, UUID installation, byte[] page)
            throws AEADBadTagException {
        if (page.length < HEADER_BYTES + OneTime.TAG_BYTES
                || !isOf(page, kind, epoch, installation)) {
            throw new AEADBadTagException("Another page, or a torn one");
        }
        var header = Arrays.copyOf(page, HEADER_BYTES);
        var sealed = Arrays.copyOfRange(page, HEADER_BYTES, page.length);
        return OneTime.open(key, joined(header, position), sealed);
    }

    private static boolean isOf(byte[] page, int kind, long epoch, UUID installation) {
        var in = ByteBuffer.wrap(page, MAGIC.length, HEADER_BYTES - MAGIC.length);
        return Arrays.equals(page, 0, MAGIC.length, MAGIC, 0, MAGIC.length)
                && in.getShort() == VERSION
                && in.getShort() == kind
                && in.getInt() == page.length - HEADER_BYTES - OneTime.TAG_BYTES
                && in.getLong() == epoch
                && Uuids.read(in).equals(installation);
    }

    /// The epoch that a page's header tells, 0 if it is too short for one. Not authenticated.
    static long toldEpoch(byte[] firstBytes) {
        return firstBytes.length < HEADER_BYTES ? 0 : ByteBuffer.wrap(firstBytes).getLong(EPOCH_AT);
    }

    private static byte[] joined(byte[] first, byte[] second) {
        var out = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, out, first.length, second.length);
        return out;
    }
}
