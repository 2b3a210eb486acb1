/// Key trees, sealing and opening of records, root keys, sealed secrets.
module org.custodes.vault {
    requires static org.jspecify;
    requires org.bouncycastle.provider;

    exports org.custodes.vault;
}
