package org.custodes.vault;

/// One sealed record: nothing in it can be seen without an [Opener].
///
/// @param pack the pack it belongs to
/// @param header its header in clear
/// @param commitment the 32 bytes that commit to the key of its slot in this pack
/// @param body ciphertext and tag; not to be changed by anybody
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

    public PackBinding pack() {
        return pack;
    }

    public RecordHeader header() {
        return header;
    }

    public byte[] commitment() {
        return commitment;
    }

    public byte[] body() {
        return body;
    }
}
