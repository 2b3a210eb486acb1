package org.custodes.signals;

/// Hides from whoever reads the history's file who acknowledged an alarm and what they wrote: it is all
/// that the file holds of a person. Whoever builds the house hands it in.
public interface AlarmSealing {
    byte[] seal(byte[] plain);

    /// What was sealed.
    ///
    /// @throws RuntimeException if this was not sealed here
    byte[] open(byte[] sealed);
}
