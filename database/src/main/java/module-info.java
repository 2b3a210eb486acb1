/// Starts, adopts and watches PostgreSQL; migrates one schema per room.
module org.custodes.database {
    requires static org.jspecify;
    requires java.sql;
    requires flyway.core;
    requires org.postgresql.jdbc;
    requires com.zaxxer.hikari;
    requires org.apache.commons.compress;
    requires org.tukaani.xz;

    exports org.custodes.database;
}
