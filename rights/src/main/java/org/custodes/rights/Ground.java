package org.custodes.rights;

import java.util.Arrays;
import java.util.Optional;

/// Why a request is refused. Those further down are nearer to a yes: of several refusals the one whose first
/// ground stands furthest down is told, for it says what is missing.
public enum Ground {
    /// Nobody knows any more what was granted: the policy is too old, or from the future.
    POLICY_STALE("policy-stale"),
    /// The request does not name what the right is about.
    REQUEST_INCOMPLETE("request-incomplete"),
    /// A rule forbids it, whoever permits it.
    FORBIDDEN("forbidden"),
    /// It is their own affair: nobody gives themselves rights, or approves what they asked for.
    OWN_AFFAIR("own-affair"),
    TRAINING_EXPIRED("training-expired"),
    /// No role of theirs has this right.
    RIGHT_MISSING("right-missing"),
    /// A role had it, and was not confirmed in time or has ended.
    ROLE_ENDED("role-ended"),
    /// A role for emergencies never has it.
    EMERGENCY_ONLY("emergency-only"),
    CAMERA_NOT_GIVEN("camera-not-given"),
    CLASS_NOT_GIVEN("class-not-given"),
    RESTRICTED("restricted"),
    NETWORK_NOT_GIVEN("network-not-given"),
    OUTSIDE_HOURS("outside-hours"),
    TOO_OLD("too-old"),
    BEFORE_GIVEN("before-given"),
    TOO_TALL("too-tall"),
    ASSURANCE_TOO_LOW("assurance-too-low"),
    PROOF_TOO_OLD("proof-too-old"),
    PURPOSE_NEEDED("purpose-needed"),
    CASE_NEEDED("case-needed"),
    APPROVAL_NEEDED("approval-needed");

    private final String code;

    Ground(String code) {
        this.code = code;
    }

    /// The ground with this word.
    public static Optional<Ground> of(String code) {
        return Arrays.stream(values()).filter(ground -> ground.code.equals(code)).findFirst();
    }

    /// The word of the API, and the key in the catalogues of messages.
    public String code() {
        return code;
    }
}
