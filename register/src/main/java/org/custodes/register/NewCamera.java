package org.custodes.register;

import java.util.Objects;
import java.util.Optional;

/// A camera as somebody asks for it, nothing of it checked yet.
///
/// @param site a site's id; empty means the only one
/// @param address `rtsp://host[:port]/path` or `rtsps://…`; user and password in it are split off
/// @param wallAddress a smaller stream of the same device
/// @param view a [View]'s code
/// @param retentionHours empty means the view's own
/// @param transport a [Transport]'s code; empty means `tcp`
/// @param certificate the SHA-256 by which an encrypted device is to be known from its first call on: 64
///     hexadecimal digits, with or without colons; empty means the first that it shows
public record NewCamera(
        String name,
        Optional<String> site,
        String address,
        Optional<String> user,
        Optional<String> password,
        Optional<String> wallAddress,
        String purpose,
        String view,
        Optional<Integer> retentionHours,
        Optional<String> transport,
        Optional<String> certificate) {

    public NewCamera {
        Objects.requireNonNull(name);
        Objects.requireNonNull(site);
        Objects.requireNonNull(address);
        Objects.requireNonNull(user);
        Objects.requireNonNull(password);
        Objects.requireNonNull(wallAddress);
        Objects.requireNonNull(purpose);
        Objects.requireNonNull(view);
        Objects.requireNonNull(retentionHours);
        Objects.requireNonNull(transport);
        Objects.requireNonNull(certificate);
    }

    /// A camera whose pictures take the usual way.
    public NewCamera(
            String name,
            Optional<String> site,
            String address,
            Optional<String> user,
            Optional<String> password,
            Optional<String> wallAddress,
            String purpose,
            String view,
            Optional<Integer> retentionHours) {
        this(
                name,
                site,
                address,
                user,
                password,
                wallAddress,
                purpose,
                view,
                retentionHours,
                Optional.empty(),
                Optional.empty());
    }

    /// Tells nothing: the address may hold a password.
    @Override
    public String toString() {
        return "NewCamera[not checked yet]";
    }
}
