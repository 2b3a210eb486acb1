package org.custodes.access;

import java.util.Objects;

/// As whom this recorder asks authenticators (WebAuthn section 4). A passkey is bound to the id, and what
/// a browser signs names the origin, so that no other page gets anything of use out of a person.
///
/// @param id the recorder's one host name; never an address, to which no passkey can be bound
/// @param origin scheme, name and port of its pages, as browsers write them
public record RelyingParty(String id, String origin) {

    public RelyingParty {
        Objects.requireNonNull(id);
        Objects.requireNonNull(origin);
    }

    /// As browsers write it: port 443 is left out.
    public static RelyingParty of(String name, int port) {
        return new RelyingParty(name, "https://" + name + (port == 443 ? "" : ":" + port));
    }
}
