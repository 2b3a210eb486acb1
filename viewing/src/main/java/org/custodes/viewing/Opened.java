package org.custodes.viewing;

import org.custodes.access.Reason;

/// The answer to "may I look?", on record before it is given.
public sealed interface Opened<L extends Look> {

    record Granted<L extends Look>(L look) implements Opened<L> {}

    record Refused<L extends Look>(Reason reason) implements Opened<L> {}
}
