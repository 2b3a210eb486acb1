package org.custodes.register;

import java.util.Objects;

/// A site as somebody asks for it, nothing of it checked yet.
///
/// @param zone an IANA zone such as `Europe/Helsinki`
/// @param country ISO 3166-1 alpha-2
public record SiteForm(String name, String zone, String country, String controller) {

    public SiteForm {
        Objects.requireNonNull(name);
        Objects.requireNonNull(zone);
        Objects.requireNonNull(country);
        Objects.requireNonNull(controller);
    }
}
