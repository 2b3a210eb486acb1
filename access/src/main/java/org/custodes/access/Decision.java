package org.custodes.access;

import java.util.Objects;
import org.custodes.audit.Receipt;

/// The answer to "may this person do this?", on record before it is given.
public sealed interface Decision {

    /// It is on record: the room that changes the fact takes the receipt.
    record Granted(Receipt receipt) implements Decision {

        public Granted {
            Objects.requireNonNull(receipt);
        }
    }

    record Refused(Reason reason) implements Decision {

        public Refused {
            Objects.requireNonNull(reason);
        }
    }
}
