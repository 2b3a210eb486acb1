/// Entries, receipts, the log.
module org.custodes.audit {
    requires static org.jspecify;
    requires org.custodes.media;
    requires org.custodes.vault;
    requires org.custodes.signals;

    exports org.custodes.audit;
}
