/// Lives of a recorder on a simulated machine, held against what it had promised.
module org.custodes.chaos {
    requires static org.jspecify;
    requires org.custodes.media;
    requires org.custodes.signals;
    requires org.custodes.vault;
    requires org.custodes.store;
    requires org.custodes.rtsp;
    requires org.custodes.audit;
    requires org.custodes.register;
    requires org.custodes.capture;
    requires org.custodes.keeping;
    requires org.custodes.mishap;

    exports org.custodes.chaos;
}
