/// The one door to pictures: live and playback.
module org.custodes.viewing {
    requires static org.jspecify;
    requires org.custodes.media;
    requires org.custodes.vault;
    requires org.custodes.store;
    requires org.custodes.register;
    requires org.custodes.access;

    exports org.custodes.viewing;
}
