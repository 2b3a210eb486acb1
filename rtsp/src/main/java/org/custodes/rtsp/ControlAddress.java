package org.custodes.rtsp;

import java.util.Optional;

/// Under which address a camera wants to be asked for its session and its tracks (RFC 2326 section
/// C.1.1), as clients and cameras have come to agree on it: a relative address is appended to the base,
/// behind its query too, not resolved as RFC 3986 would.
final class ControlAddress {
    private static final int LONGEST = 2_048;

    private ControlAddress() {}

    /// The base of all addresses in a description: `Content-Base`, `Content-Location`, or what we asked
    /// for.
    static String base(RtspMessage description, String asked) {
        return description
                .header("Content-Base")
                .filter(ControlAddress::isAbsolute)
                .or(() -> description.header("Content-Location").filter(ControlAddress::isAbsolute))
                .orElse(asked);
    }

    /// The address that `control` names below `base`; the base itself if it names none.
    static String below(String base, String control) {
        if (isAbsolute(control)) {
            return control;
        }
        return isRelative(control).map(path -> joined(base, path)).orElse(base);
    }

    private static Optional<String> isRelative(String control) {
        var usable = !control.isEmpty() && !control.equals("*") && isClean(control);
        return usable ? Optional.of(control) : Optional.empty();
    }

    private static String joined(String base, String path) {
        var slashes = (base.endsWith("/") ? 1 : 0) + (path.startsWith("/") ? 1 : 0);
        return switch (slashes) {
            case 0 -> base + "/" + path;
            case 1 -> base + path;
            default -> base + path.substring(1);
        };
    }

    private static boolean isAbsolute(String address) {
        var known =
                address.regionMatches(true, 0, "rtsp://", 0, 7)
                        || address.regionMatches(true, 0, "rtsps://", 0, 8);
        return known && isClean(address);
    }

    /// Nothing that could end a request line or begin a header.
    private static boolean isClean(String address) {
        return address.length() <= LONGEST && address.chars().allMatch(c -> c > ' ' && c < 0x7F);
    }
}
