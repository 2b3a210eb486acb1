/// Camera runs: connect, receive, seal, keep time, explain every gap.
module org.custodes.capture {
    requires static org.jspecify;
    requires org.custodes.media;
    requires org.custodes.signals;
    requires org.custodes.rtsp;
    requires org.custodes.vault;
    requires org.custodes.store;
    requires org.custodes.register;
    requires org.custodes.audit;
    requires org.slf4j;

    exports org.custodes.capture;
}
