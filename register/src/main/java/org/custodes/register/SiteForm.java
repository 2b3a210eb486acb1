package org.custodes.register;

import java.util.Objects;
import java.util.Optional;

/// A site as somebody asks for it, nothing of it checked yet.
///
/// @param zone an IANA zone such as `Europe/Helsinki`
/// @param country ISO 3166-1 alpha-2
/// @param encryptedOnly whether its cameras must be encrypted on the way; empty means as before
public record SiteForm(
        String name,
        String zone,
        String country,
        String controller,
        Optional<Boolean> encryptedOnly) {

    public SiteForm {
        Objects.requireNonNull(name);
        Objects.requireNonNull(zone);
        Objects.requireNonNull(country);
        Objects.requireNonNull(controller);
        Objects.requireNonNull(encryptedOnly);
    }

    /// A site that insists on encryption as much as before, a new one not at all.
    public SiteForm(String name, String zone, String country, String controller) {
        this(name, zone, country, controller, Optional.empty());
    }
}
