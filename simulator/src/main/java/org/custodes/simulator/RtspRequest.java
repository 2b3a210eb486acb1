package org.custodes.simulator;

import java.util.Map;
import java.util.Optional;

/// One request of a client (RFC 2326 section 6). A body is skipped: none of the methods here needs one.
///
/// @param isHttp whether it is one of HTTP, which begins a tunnel
/// @param headers by name in lower case; of a repeated one, the last
record RtspRequest(String method, String uri, boolean isHttp, Map<String, String> headers) {

    Optional<String> header(String lowerCaseName) {
        return Optional.ofNullable(headers.get(lowerCaseName));
    }

    /// The path of the address without its slashes at both ends, and without what follows a `?`.
    String path() {
        int scheme = uri.indexOf("://");
        int slash = scheme < 0 ? 0 : uri.indexOf('/', scheme + 3);
        var path = slash < 0 ? "" : uri.substring(slash);
        int query = path.indexOf('?');
        return (query < 0 ? path : path.substring(0, query)).replaceAll("^/+|/+$", "");
    }
}
