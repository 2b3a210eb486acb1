package org.custodes.server;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.custodes.access.Origin;
import org.custodes.access.RelyingParty;
import org.custodes.access.Session;
import org.custodes.server.Reply.RefusedException;
import org.springframework.web.servlet.function.ServerRequest;

/// One request, as far as a route needs to know it.
///
/// @param signedIn who is signed in, if anybody
/// @param origin where it comes from
/// @param party as whom this server asks authenticators; its origin is the server's own address
/// @param path the variables of the route's path
/// @param request the request itself, for a route that goes on as something else
record Call(
        Optional<Session> signedIn,
        Origin origin,
        RelyingParty party,
        Map<String, String> path,
        ServerRequest request) {

    /// Who is signed in, on a route that needs a right.
    Session session() {
        return signedIn.orElseThrow(() -> new RefusedException(Problem.notSignedIn()));
    }

    /// An id in the path. What is no id names nothing, like an id that nobody has.
    UUID id(String variable) {
        return Ids.parse(word(variable))
                .orElseThrow(() -> new RefusedException(Problem.notFound()));
    }

    String word(String variable) {
        return path.getOrDefault(variable, "");
    }

    /// The full address of a page of ours.
    String address(String page) {
        return party.origin() + page;
    }
}
