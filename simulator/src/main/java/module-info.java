/// Cameras that are not there: an RTSP server and drawn scenes with ground truth.
module org.custodes.simulator {
    requires static org.jspecify;
    requires java.desktop;
    requires org.bouncycastle.pkix;
    requires org.bouncycastle.provider;
    requires org.custodes.media;

    exports org.custodes.simulator;
}
