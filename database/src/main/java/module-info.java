/// Starts, adopts and watches PostgreSQL; migrates one schema per room.
module org.custodes.database {
    requires static org.jspecify;
    requires transitive java.sql;
    requires flyway.core;
    requires org.postgresql.jdbc;
    requires com.zaxxer.hikari;
    requires org.slf4j;

    exports org.custodes.database;
}
