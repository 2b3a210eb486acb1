package org.custodes.vault;

/// One sealed record: nothing in it can be seen without an [Opener].
/// Its arrays are handed on, never changed by anybody.
public final class Sealed {
    private final PackBinding pack;
    private final RecordHeader header;
    private final byte[] commitment;
    private final byte[] body;

    public Sealed(PackBinding pack, RecordHeader header, byte[] commitment, byte[] body) {
        this.pack = pack;
        this.header = header;
        this.commitment = commitment;
        this.body = body;
    }

    /// The pack it belongs to.
    public PackBinding pack() {
        return pack;
    }

    /// Its header in clear.
    public RecordHeader header() {
        return header;
    }

    /// The 32 bytes that commit to the key of its slot in this pack.
    public byte[] commitment() {
        return commitment;
    }

    /// Ciphertext and tag; not to be changed by anybody.
    public byte[] body() {
        return body;
    }
}
