package org.custodes.server;

import java.util.function.UnaryOperator;

/// How the authority's key is sealed before it reaches a file; made from a `SecretBox` of `vault`,
/// which this room may not see.
///
/// @param seal plaintext to sealed bytes
/// @param open sealed bytes to plaintext; throws when they were altered or the key is gone
public record Sealing(UnaryOperator<byte[]> seal, UnaryOperator<byte[]> open) {}
