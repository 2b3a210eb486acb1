/// People, roles, sessions: decides, has it written, hands out the Grant.
module org.custodes.access {
    requires static org.jspecify;
    requires java.sql;
    requires org.custodes.media;
    requires transitive org.custodes.rights;
    requires org.custodes.vault;
    requires org.custodes.register;
    requires org.custodes.audit;
    requires org.custodes.database;
    requires org.jdbi.v3.core;
    requires org.bouncycastle.provider;
    requires com.webauthn4j.core;
    requires org.slf4j;

    exports org.custodes.access;

    // Flyway reads the migrations from the class path and from the module alike.
    opens org.custodes.access.migrations;
}
