/// serve, demo, check, bench: builds the object graph by hand.
module org.custodes.cli {
    requires static org.jspecify;
    requires java.management;
    requires java.net.http;
    requires java.logging;
    requires org.custodes.media;
    requires org.custodes.signals;
    requires org.custodes.vault;
    requires org.custodes.database;
    requires org.custodes.store;
    requires org.custodes.audit;
    requires org.custodes.register;
    requires org.custodes.access;
    requires org.custodes.capture;
    requires org.custodes.keeping;
    requires org.custodes.viewing;
    requires org.custodes.server;
    requires org.custodes.simulator;
    requires org.custodes.chaos;
    requires info.picocli;
    requires tools.jackson.databind;
    requires org.slf4j;

    opens org.custodes.cli to
            info.picocli;
}
