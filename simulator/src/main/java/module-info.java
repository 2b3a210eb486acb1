/// Devices that are not there: cameras behind an RTSP server, with drawn scenes and ground truth, and a passkey.
module org.custodes.simulator {
    requires static org.jspecify;
    requires java.desktop;
    requires org.bouncycastle.pkix;
    requires org.bouncycastle.provider;
    requires org.custodes.media;

    exports org.custodes.simulator;
}
