package org.custodes.simulator;

import java.io.ByteArrayOutputStream;
import org.custodes.media.Bytes;

/// Joins NAL units to an access unit, a 4-byte start code before each.
final class AnnexBBuilder {
    private static final byte[] START_CODE = {0, 0, 0, 1};

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    AnnexBBuilder add(byte[] bytes, int offset, int length) {
        out.write(START_CODE, 0, START_CODE.length);
        out.write(bytes, offset, length);
        return this;
    }

    AnnexBBuilder add(byte[] nal) {
        return add(nal, 0, nal.length);
    }

    boolean isEmpty() {
        return out.size() == 0;
    }

    int size() {
        return out.size();
    }

    Bytes toBytes() {
        return Bytes.of(out.toByteArray());
    }
}
