package org.custodes.rtsp;

/// H.264 in RTP (RFC 6184), packetization modes 0 and 1: single NAL units, STAP-A, FU-A.
final class H264Depacketizer implements Depacketizer {
    private static final int STAP_A = 24;
    private static final int FU_A = 28;

    private int fragmentedType;

    @Override
    public boolean take(byte[] bytes, int start, int end, AccessUnit unit) {
        if (start >= end) {
            return true;
        }
        var type = bytes[start] & 0x1F;
        if (type != FU_A) {
            unit.abandon();
        }
        if (type >= 1 && type <= 23) {
            unit.add(bytes, start, end);
            return true;
        }
        return switch (type) {
            case STAP_A -> {
                Depacketizer.takeAggregate(bytes, start + 1, end, 1, unit);
                yield true;
            }
            case FU_A -> {
                takeFragment(bytes, start, end, unit);
                yield true;
            }
            // 0, 30 and 31 mean nothing (section 5.2). 25 to 27 and 29 belong to the interleaved
            // mode, which no camera uses.
            default -> {
                unit.damage();
                yield false;
            }
        };
    }

    private void takeFragment(byte[] bytes, int start, int end, AccessUnit unit) {
        if (end - start < 2) {
            unit.abandon();
            unit.damage();
            return;
        }
        var first = (bytes[start + 1] & 0x80) != 0;
        var last = (bytes[start + 1] & 0x40) != 0;
        var type = bytes[start + 1] & 0x1F;
        if (first) {
            unit.abandon();
            var header = (byte) ((bytes[start] & 0xE0) | type);
            unit.begin(header);
            unit.append(header);
            fragmentedType = type;
        } else if (!unit.hasUnitBegun() || type != fragmentedType) {
            unit.abandon();
            unit.damage();
            return;
        }
        unit.append(bytes, start + 2, end);
        if (last) {
            unit.complete();
        }
    }
}
