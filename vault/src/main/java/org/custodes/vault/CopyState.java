package org.custodes.vault;

import java.nio.file.Path;
import java.util.Optional;

/// How one copy of the key store does.
///
/// @param place its folder
/// @param turned whether it holds the current epoch in both places of its root file. While it does not,
///     keys that were destroyed since may still be in it
/// @param told what happened to it: why it could not turn, or that it had missed an epoch and was
///     renewed when the vault was opened
public record CopyState(Path place, boolean turned, Optional<String> told) {}
