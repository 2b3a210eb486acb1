package org.custodes.rtsp;

/// H.265 in RTP (RFC 7798) in decoding order (no DONL fields): single NAL units, AP, FU.
final class H265Depacketizer implements Depacketizer {
    private static final int AP = 48;
    private static final int FU = 49;

    private int fragmentedType;

    @Override
    public boolean take(byte[] bytes, int start, int end, AccessUnit unit) {
        if (start >= end) {
            return true;
        }
        var type = bytes[start] >> 1 & 0x3F;
        if (type != FU) {
            unit.abandon();
        }
        if (end - start < 3) {
            unit.abandon();
            unit.damage();
            return true;
        }
        if (type < AP) {
            unit.add(bytes, start, end);
            return true;
        }
        return switch (type) {
            case AP -> {
                Depacketizer.takeAggregate(bytes, start + 2, end, 2, unit);
                yield true;
            }
            case FU -> {
                takeFragment(bytes, start, end, unit);
                yield true;
            }
            // 50 is PACI, which no camera uses; the rest is unspecified (section 4.4).
            default -> {
                unit.damage();
                yield false;
            }
        };
    }

    private void takeFragment(byte[] bytes, int start, int end, AccessUnit unit) {
        var first = (bytes[start + 2] & 0x80) != 0;
        var last = (bytes[start + 2] & 0x40) != 0;
        var type = bytes[start + 2] & 0x3F;
        if (first) {
            unit.abandon();
            var header = (byte) ((bytes[start] & 0x81) | (type << 1));
            unit.begin(header);
            unit.append(header);
            unit.append(bytes[start + 1]);
            fragmentedType = type;
        } else if (!unit.hasUnitBegun() || type != fragmentedType) {
            unit.abandon();
            unit.damage();
            return;
        }
        unit.append(bytes, start + 3, end);
        if (last) {
            unit.complete();
        }
    }
}
