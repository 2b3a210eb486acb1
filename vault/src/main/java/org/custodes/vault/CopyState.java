package org.custodes.vault;

import java.nio.file.Path;
import java.util.Optional;

/// How one copy of the key store does.
///
/// @param place its folder
/// @param turned whether it holds the current epoch in both places of its root file. While it does not,
///     keys that were destroyed since may still be in it
/// @param told what happened to it: why it could not turn, or what of it was renewed
///     when the vault was opened, because it had missed an epoch or a byte of it had gone bad
public record CopyState(Path place, boolean turned, Optional<String> told) {}
