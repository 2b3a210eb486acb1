package org.custodes.access;

/// How many recovery codes somebody has left.
///
/// @param useful whether they have a password, with which a code could be used
public record RecoveryCodesLeft(int left, boolean useful) {}
