package org.custodes.access;

import java.util.Objects;

/// By what somebody who is signed in proves once more who they are.
public sealed interface Confirmation {

    /// What their authenticator shows now.
    record Code(String code) implements Confirmation {

        public Code {
            Objects.requireNonNull(code);
        }

        /// Tells no secret.
        @Override
        public String toString() {
            return "Code";
        }
    }

    record Passkey(Assertion assertion) implements Confirmation {

        public Passkey {
            Objects.requireNonNull(assertion);
        }
    }

    /// A demo's people have nothing to show; on the recorder itself that is enough.
    record Nothing() implements Confirmation {}
}
