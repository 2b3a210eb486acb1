package org.custodes.register;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Which addresses may be cameras, and what is in them.
///
/// A person who may add cameras makes this computer connect somewhere; without rules that is a way
/// into whatever only this computer can reach (CWE-918). So: `rtsp` and `rtsps` only; one writing per host (see
/// [HostName]); no loopback, link-local, multicast, reserved or metadata address unless a setting
/// allows it; a name is resolved once, all it means must be allowed, and connections go to what it
/// meant then. User and password are split off; a path that carries a password is refused, because
/// paths are not secret. Any thread.
public final class AddressRules {

    /// What a setting may allow beyond the ordinary. Metadata services are never allowed.
    public enum Allowance {
        LOOPBACK,
        LINK_LOCAL
    }

    /// An address that is allowed, and the user and password that were given with it.
    public record Target(StreamAddress address, Optional<DeviceSecret> secret) {}

    private static final int DEFAULT_PORT = 554;
    private static final int DEFAULT_ENCRYPTED_PORT = 322;
    private static final int LONGEST = 2_048;
    private static final int LONGEST_SECRET = 128;
    private static final Pattern PORT = Pattern.compile("[1-9]\\d{0,4}");
    private static final Pattern PATH =
            Pattern.compile("/(?:[A-Za-z0-9._~!$&'()*+,;=:@/?\\[\\]|-]|%[0-9A-Fa-f]{2})*");
    private static final Pattern SECRET_IN_PATH =
            Pattern.compile(
                    "[/?&;_](?:password|passwd|pass|pwd)=[^&;_/?]", Pattern.CASE_INSENSITIVE);

    private final Set<Allowance> allowed;
    private final NameResolver resolver;

    /// Rules that ask the system's name service and wait for it 5 s at most.
    public AddressRules(Set<Allowance> allowed) {
        this(allowed, NameResolver.system(Duration.ofSeconds(5)));
    }

    AddressRules(Set<Allowance> allowed, NameResolver resolver) {
        this.allowed = Set.copyOf(allowed);
        this.resolver = resolver;
    }

    /// Checks an address and the user and password given beside it. Asks the name service if the
    /// host is a name, so it may take seconds; never connects to the host. Faults name the fields
    /// `address`, `user` and `password`.
    public Checked<Target> check(String address, Optional<String> user, Optional<String> password) {
        return check("address", address, user, password);
    }

    Checked<Target> check(
            String field, String address, Optional<String> user, Optional<String> password) {
        var reading = new Reading(field);
        var target = reading.target(address.strip(), user, password);
        return target.isPresent() && !reading.form.faulty()
                ? new Checked.Fits<>(target.get())
                : new Checked.Faulty<>(reading.form.faults());
    }

    /// One address being read; its faults are collected on the way.
    private final class Reading {
        private final Form form = new Form();
        private final String field;

        Reading(String field) {
            this.field = field;
        }

        Optional<Target> target(String address, Optional<String> user, Optional<String> password) {
            // No message repeats the address: what is refused may hold a password.
            if (address.isEmpty()) {
                return fault("form.required", "'%s' is missing.".formatted(field), Map.of());
            }
            if (address.length() > LONGEST) {
                return fault(
                        "form.too-long",
                        "'%s' has %d characters, but may have at most %d."
                                .formatted(field, address.length(), LONGEST),
                        Map.of(
                                "length", Integer.toString(address.length()),
                                "most", Integer.toString(LONGEST)));
            }
            var scheme = address.indexOf("://");
            var name = scheme < 0 ? "" : address.substring(0, scheme).toLowerCase(Locale.ROOT);
            if (!name.equals("rtsp") && !name.equals("rtsps")) {
                return fault(
                        "address.scheme",
                        "The address must begin with rtsp:// or rtsps://. Other protocols are not"
                                + " spoken.",
                        Map.of());
            }
            var encrypted = name.equals("rtsps");
            var rest = address.substring(scheme + 3);
            var end = endOfAuthority(rest);
            var at = rest.lastIndexOf('@', end);
            var secret = secret(at < 0 ? "" : rest.substring(0, at), user, password);
            var path = path(rest.substring(end));
            var place = place(rest.substring(at + 1, end), encrypted);
            return place.flatMap(found ->
                    path.map(good ->
                            new Target(
                                    new StreamAddress(
                                            encrypted,
                                            found.host(),
                                            found.resolved(),
                                            found.port(),
                                            good),
                                    secret)));
        }

        private record Place(String host, InetAddress resolved, int port) {}

        private Optional<Place> place(String hostAndPort, boolean encrypted) {
            var colon =
                    hostAndPort.endsWith("]")
                            ? -1
                            : hostAndPort.indexOf(':', Math.max(0, hostAndPort.indexOf(']')));
            var port =
                    colon < 0
                            ? Optional.of(encrypted ? DEFAULT_ENCRYPTED_PORT : DEFAULT_PORT)
                            : port(hostAndPort.substring(colon + 1));
            var host = HostName.parse(colon < 0 ? hostAndPort : hostAndPort.substring(0, colon));
            if (host.isEmpty()) {
                return fault(
                        "address.host",
                        "The address names no host that can be read in one way only. Write a name"
                                + " such as camera-3.example, an IPv4 address such as 192.0.2.10 or"
                                + " an IPv6 address in brackets.",
                        Map.of());
            }
            var resolved = resolve(host.get());
            return port.flatMap(
                    good -> resolved.map(address -> new Place(host.get().ascii(), address, good)));
        }

        private Optional<Integer> port(String text) {
            if (!PORT.matcher(text).matches() || Integer.parseInt(text) > 65_535) {
                return fault(
                        "address.port",
                        "The address's port must be a number of 1 to 65535. A password with a"
                                + " colon, slash or question mark goes into its own field.",
                        Map.of());
            }
            return Optional.of(Integer.valueOf(text));
        }

        private Optional<InetAddress> resolve(HostName host) {
            List<InetAddress> meant;
            try {
                meant =
                        host.literal().isPresent()
                                ? List.of(host.literal().get())
                                : resolver.resolve(host.ascii());
            } catch (UnknownHostException e) {
                return fault(
                        "address.unknown-host",
                        "The name service knows no host %s. Check the name, or give the camera's IP address."
                                .formatted(host.ascii()),
                        Map.of("host", host.ascii()));
            }
            // All of them: a name that means one good and one bad address is a trick.
            for (var address : meant) {
                var special = NetworkRanges.special(address);
                if (special.isPresent() && !allows(special.get())) {
                    return fault(
                            "address.forbidden",
                            "The host %s is %s, where no camera is looked for. Give the camera's own address in the network."
                                    .formatted(host.ascii(), special.get().words()),
                            Map.of("host", host.ascii(), "kind", special.get().code()));
                }
            }
            return meant.stream().min(Comparator.comparing(a -> !(a instanceof Inet4Address)));
        }

        private Optional<String> path(String given) {
            var path = given.isEmpty() || given.startsWith("?") ? "/" + given : given;
            if (!PATH.matcher(path).matches()) {
                return fault(
                        "address.path",
                        "The address's path contains a character that must be written as %XX, or a"
                                + " fragment (#), which cameras do not know.",
                        Map.of());
            }
            if (SECRET_IN_PATH.matcher(path).find()) {
                return fault(
                        "address.password-in-path",
                        "The address's path carries a password, and paths are not secret. Give user"
                                + " and password in their own fields and leave them out of the path.",
                        Map.of());
            }
            return Optional.of(path);
        }

        /// User and password from the address and from their fields; the same twice is no fault.
        private Optional<DeviceSecret> secret(
                String userInfo, Optional<String> user, Optional<String> password) {
            var givenUser = secretText("user", user);
            var givenPassword = secretText("password", password);
            if (userInfo.isEmpty()) {
                if (givenUser.isEmpty() && !givenPassword.isEmpty()) {
                    return fault(
                            "user",
                            "form.required",
                            "'user' is missing: a password alone opens nothing.");
                }
                return secretOf(givenUser, givenPassword);
            }
            var colon = userInfo.indexOf(':');
            var inUser = decoded(colon < 0 ? userInfo : userInfo.substring(0, colon));
            var inPassword = decoded(colon < 0 ? "" : userInfo.substring(colon + 1));
            if (inUser.isEmpty() || inPassword.isEmpty()) {
                return fault(
                        field,
                        "address.user-info",
                        "User or password in the address is not written with %XX as it must be."
                                + " Give them in their own fields.");
            }
            if (!agrees(givenUser, inUser.get()) || !agrees(givenPassword, inPassword.get())) {
                return fault(
                        "user",
                        "address.two-users",
                        "The address holds another user or password than the fields beside it. Give"
                                + " them once.");
            }
            return secretOf(secretText("user", inUser), secretText("password", inPassword));
        }

        private boolean agrees(String given, String inAddress) {
            return given.isEmpty() || given.equals(inAddress);
        }

        private Optional<DeviceSecret> secretOf(String user, String password) {
            return user.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new DeviceSecret(user, password.toCharArray()));
        }

        /// Taken as it is: spaces around a password belong to it.
        private String secretText(String what, Optional<String> given) {
            var text = given.orElse("");
            if (text.length() > LONGEST_SECRET) {
                fault(
                        what,
                        "form.too-long",
                        "'%s' has %d characters, but may have at most %d."
                                .formatted(what, text.length(), LONGEST_SECRET),
                        Map.of(
                                "length", Integer.toString(text.length()),
                                "most", Integer.toString(LONGEST_SECRET)));
                return "";
            }
            if (text.chars().anyMatch(Character::isISOControl)) {
                fault(
                        what,
                        "form.characters",
                        "'%s' contains a control character. Type it anew.".formatted(what));
                return "";
            }
            return text;
        }

        private <T> Optional<T> fault(String key, String detail, Map<String, String> values) {
            return fault(field, key, detail, values);
        }

        private <T> Optional<T> fault(String where, String key, String detail) {
            return fault(where, key, detail, Map.of());
        }

        private <T> Optional<T> fault(
                String where, String key, String detail, Map<String, String> values) {
            form.add(new Fault(where, key, detail, values));
            return Optional.empty();
        }
    }

    private boolean allows(NetworkRanges.Special special) {
        return switch (special) {
            case LOOPBACK -> allowed.contains(Allowance.LOOPBACK);
            case LINK_LOCAL -> allowed.contains(Allowance.LINK_LOCAL);
            case ANY_LOCAL, MULTICAST, RESERVED, METADATA, TRANSLATED -> false;
        };
    }

    private static int endOfAuthority(String rest) {
        for (var i = 0; i < rest.length(); i++) {
            if ("/?#\\".indexOf(rest.charAt(i)) >= 0) {
                return i;
            }
        }
        return rest.length();
    }

    /// Percent-encoding undone (RFC 3986 section 2.1); empty if it is broken or no UTF-8.
    private static Optional<String> decoded(String text) {
        var bytes = ByteBuffer.allocate(3 * text.length());
        for (var i = 0; i < text.length(); ) {
            var c = text.charAt(i);
            if (c == '%') {
                if (i + 3 > text.length()
                        || !isHex(text.charAt(i + 1))
                        || !isHex(text.charAt(i + 2))) {
                    return Optional.empty();
                }
                bytes.put((byte) Integer.parseInt(text.substring(i + 1, i + 3), 16));
                i += 3;
            } else {
                var next = text.offsetByCodePoints(i, 1);
                bytes.put(text.substring(i, next).getBytes(StandardCharsets.UTF_8));
                i = next;
            }
        }
        try {
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static boolean isHex(char c) {
        return Character.digit(c, 16) >= 0 && c < 128;
    }
}
