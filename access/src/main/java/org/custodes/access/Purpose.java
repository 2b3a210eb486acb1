package org.custodes.access;

/// What footage may be looked at for, where a role asks.
public enum Purpose {
    /// Something has happened and is being handled.
    INCIDENT("incident"),
    /// People are, or may be, in danger.
    SAFETY("safety"),
    /// Footage is found and kept for a case.
    EVIDENCE("evidence"),
    /// Somebody who was filmed asks what there is of them (GDPR Article 15).
    SUBJECT_REQUEST("subject-request"),
    /// Whether the picture is as it should be.
    TECHNICAL("technical");

    private final String code;

    Purpose(String code) {
        this.code = code;
    }

    /// The word of the API, of the log and of the tables.
    public String code() {
        return code;
    }
}
