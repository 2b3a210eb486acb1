package org.custodes.register;

import java.time.ZoneId;
import java.util.Objects;
import java.util.UUID;

/// A place with cameras.
///
/// @param zone the IANA zone in which its people read times
/// @param country ISO 3166-1 alpha-2, upper case
/// @param encryptedOnly whether its cameras must be encrypted on the way: a plain one then needs an
///     exception, see [CameraLink]
/// @param controller who is responsible for the footage (GDPR article 4(7))
public record Site(
        UUID id,
        String name,
        ZoneId zone,
        String country,
        String controller,
        boolean encryptedOnly) {

    public Site {
        Objects.requireNonNull(id);
        Objects.requireNonNull(name);
        Objects.requireNonNull(zone);
        Objects.requireNonNull(country);
        Objects.requireNonNull(controller);
    }
}
