package org.custodes.access;

/// What a person is here for. Nobody has two, and none has everything (DESIGN I8).
public enum Role {
    /// Cameras, storage, network. Never a picture, never the log.
    SYSTEM_ADMINISTRATOR("system-administrator"),
    /// Gives and takes rights. Never a picture.
    SECURITY_OFFICER("security-officer"),
    /// Watches the cameras that were given to them.
    OPERATOR("operator"),
    /// Alone reads the log.
    DATA_PROTECTION_OFFICER("data-protection-officer");

    private final String code;

    Role(String code) {
        this.code = code;
    }

    /// The word of the API and of the tables.
    public String code() {
        return code;
    }
}
