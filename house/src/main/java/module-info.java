/// What tests of several rooms need. Of tests alone.
module org.custodes.house {
    requires static org.jspecify;
    requires java.sql;
    requires org.custodes.database;
    requires org.junit.jupiter.api;

    exports org.custodes.house;
}
