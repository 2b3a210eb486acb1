/// Sites, devices, cameras, streams, purposes, retention, saved walls, sealed camera secrets.
module org.custodes.register {
    requires static org.jspecify;
    requires java.sql;
    requires org.custodes.media;
    requires org.custodes.vault;
    requires org.custodes.audit;
    requires org.custodes.database;
    requires org.jdbi.v3.core;
    requires org.slf4j;

    exports org.custodes.register;

    // Flyway reads the migrations from the class path and from the module alike.
    opens org.custodes.register.migrations;
}
