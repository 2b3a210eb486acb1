package org.custodes.server;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/// `GET /ca.pem`: the authority's certificate, for people to import. It is no secret; whether it is the
/// right one, people compare by its fingerprint.
final class AuthorityRoute {
    private AuthorityRoute() {}

    static RouterFunction<ServerResponse> handing(TlsAuthority authority) {
        var pem = authority.pem().getBytes(StandardCharsets.US_ASCII);
        return RouterFunctions.route()
                .GET(
                        "/ca.pem",
                        request ->
                                Writing.bytes(
                                        200, pem, "application/x-pem-file", "no-cache", Map.of()))
                .build();
    }
}
