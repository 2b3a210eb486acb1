/// How long footage lives.
module org.custodes.keeping {
    requires static org.jspecify;
    requires org.custodes.media;
    requires org.custodes.signals;
    requires org.custodes.vault;
    requires org.custodes.store;
    requires org.custodes.register;
    requires org.custodes.audit;

    exports org.custodes.keeping;
}
