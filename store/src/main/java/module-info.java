/// Volumes, packs, catalogue, live tail, check and repair.
module org.custodes.store {
    requires static org.jspecify;
    requires org.custodes.media;
    requires org.custodes.vault;
    requires org.custodes.signals;

    exports org.custodes.store;
}
